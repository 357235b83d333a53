using ScoreGpu.Kernels.Cpu;

namespace ScoreGpu.Engine.Devices.Cpu;

/// <summary>One worker's tiles: what a pass over a tile needs besides the weights.</summary>
internal sealed unsafe class Workspace : IDisposable
{
    private readonly NativeBuffer _buffer;
    private readonly nint[] _trunkDerivatives;

    /// <summary>Allocates the tiles for the chains' sizes.</summary>
    public Workspace(CpuChains chains)
    {
        int dimension = chains.Architecture.Dimension * Tile.Width;
        int widest = chains.WidestLayer * Tile.Width;
        long length = (3L * widest) + (7L * dimension);
        foreach (var layer in chains.Trunk)
        {
            length += layer.ActivateInput ? layer.Depth * Tile.Width : 0;
        }

        _buffer = new NativeBuffer(length);
        float* next = _buffer.Address;
        Ping = Take(widest);
        Pong = Take(widest);
        Features = Take(widest);
        Registers = Take(4 * dimension);
        Output = Take(dimension);
        Noise = Take(dimension);
        Vector = Take(dimension);
        _trunkDerivatives = new nint[chains.Trunk.Length];
        for (int l = 0; l < chains.Trunk.Length; l++)
        {
            if (chains.Trunk[l].ActivateInput)
            {
                _trunkDerivatives[l] = (nint)Take(chains.Trunk[l].Depth * Tile.Width);
            }
        }

        float* Take(int count)
        {
            float* taken = next;
            next += count;
            return taken;
        }
    }

    /// <summary>Scratch of the widest layer.</summary>
    public float* Ping { get; }

    /// <summary>Scratch of the widest layer.</summary>
    public float* Pong { get; }

    /// <summary>A level's features, or any other tile of the widest layer.</summary>
    public float* Features { get; }

    /// <summary>x, anchor, accumulator and previous output of a sampler; x alone otherwise.</summary>
    public float* Registers { get; }

    /// <summary>The network's output.</summary>
    public float* Output { get; }

    /// <summary>z.</summary>
    public float* Noise { get; }

    /// <summary>A tangent or a cotangent.</summary>
    public float* Vector { get; }

    /// <summary>The activation's derivative at each activated input of the trunk.</summary>
    public ReadOnlySpan<nint> TrunkDerivatives => _trunkDerivatives;

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();
}
