using ScoreGpu.Kernels.Cpu;

namespace ScoreGpu.Engine.Devices.Cpu;

/// <summary>One worker's memory for training: a tile of the batch, the passes' scratch, and the tapes of a part.</summary>
internal sealed unsafe class TrainingTile : IDisposable
{
    private readonly NativeBuffer _buffer;

    /// <summary>Allocates for the chains' sizes.</summary>
    /// <param name="chains">The network.</param>
    /// <param name="tape">The trunk's tape.</param>
    /// <param name="tapes">How many of them.</param>
    public TrainingTile(CpuChains chains, Tape tape, int tapes)
    {
        int dimension = chains.Architecture.Dimension * Tile.Width;
        int widest = chains.WidestLayer * Tile.Width;
        int lanes = 1 + tape.Tangents;
        long own = (2L * dimension) + (2L * lanes * dimension) + ((2L + (2L * lanes)) * widest) + Tile.Width;
        _buffer = new NativeBuffer(own + tape.DerivativesLength + ((long)tapes * tape.TileStride));
        float* next = _buffer.Address;
        Clean = Take(dimension);
        Noise = Take(dimension);
        Input = Take(lanes * dimension);
        Output = Take(lanes * dimension);
        Ping = Take(widest);
        Pong = Take(widest);
        Delta = Take(lanes * widest);
        Scratch = Take(lanes * widest);
        Levels = (int*)Take(Tile.Width);
        Derivatives = Take(tape.DerivativesLength);
        Tapes = next;

        float* Take(int count)
        {
            float* taken = next;
            next += count;
            return taken;
        }
    }

    /// <summary>x₀.</summary>
    public float* Clean { get; }

    /// <summary>ε, or the probe.</summary>
    public float* Noise { get; }

    /// <summary>The network's input, then each tangent.</summary>
    public float* Input { get; }

    /// <summary>The network's output, then each tangent of it.</summary>
    public float* Output { get; }

    /// <summary>Scratch of the widest layer.</summary>
    public float* Ping { get; }

    /// <summary>Scratch of the widest layer.</summary>
    public float* Pong { get; }

    /// <summary>The gradient on its way back, a tile a lane.</summary>
    public float* Delta { get; }

    /// <summary>As large as <see cref="Delta"/>.</summary>
    public float* Scratch { get; }

    /// <summary>The level of each sample.</summary>
    public int* Levels { get; }

    /// <summary>What a tile's forward pass leaves for its backward pass alone; see <see cref="Tape"/>.</summary>
    public float* Derivatives { get; }

    /// <summary>The tapes, one after another.</summary>
    public float* Tapes { get; }

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();
}
