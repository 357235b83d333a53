using ScoreGpu.Kernels.Cpu;

namespace ScoreGpu.Engine.Devices.Cpu;

/// <summary>How a batch whose samples do not meet is cut into tiles.</summary>
/// <remarks>
/// The tiles are as equal as whole steps of 16 samples allow, and their number is a multiple of the threads' where there are
/// steps enough: 200 samples on two threads are 48, 48, 48 and 56, six and seven steps a thread, where whole tiles would be
/// eight. Larger and smaller ones are spread evenly, since a thread begins with neighbours.
/// A sample's bits do not depend on its tile.
/// </remarks>
internal readonly struct TileSplit
{
    private const int MostSteps = Tile.Width / Tile.Step;

    private readonly int _samples;
    private readonly int _steps;

    /// <summary>Cuts.</summary>
    /// <param name="samples">Samples of the batch.</param>
    /// <param name="threads">Threads that the tiles are for.</param>
    public TileSplit(int samples, int threads)
    {
        _samples = samples;
        _steps = DivideUp(samples, Tile.Step);
        long wanted = (long)DivideUp(DivideUp(_steps, MostSteps), threads) * threads;
        Tiles = (int)Math.Min(_steps, wanted);
    }

    /// <summary>The number of tiles.</summary>
    public int Tiles { get; }

    /// <summary>The first sample of a tile.</summary>
    public int First(int tile) => Tile.Step * (int)((long)tile * _steps / Tiles);

    /// <summary>The samples of a tile, 1 to 64.</summary>
    public int Samples(int tile) => Math.Min(First(tile + 1), _samples) - First(tile);

    private static int DivideUp(int value, int divisor) => (int)(((long)value + divisor - 1) / divisor);
}
