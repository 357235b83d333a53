using ScoreGpu.Kernels.Dialect;
using ScoreGpu.Kernels.Gpu;

namespace ScoreGpu.Engine.Devices.Kernel;

/// <summary>A tile that fits into the local memory of a group, and how a batch of such tiles is launched.</summary>
/// <param name="Tiling">The tile.</param>
/// <param name="LocalBytes">The local memory that it takes.</param>
internal readonly record struct TilePlan(TileShape Tiling, int LocalBytes)
{
    /// <summary>More lanes would leave a tile too few samples to share the weights that stream past.</summary>
    private const int MostLanes = 8;

    /// <summary>Drivers keep some local memory to themselves.</summary>
    private const int Reserve = 1024;

    private static ReadOnlySpan<int> Columns => [32, 16, 8, 4];

    /// <summary>The widest tile that fits.</summary>
    /// <param name="machine">The device.</param>
    /// <param name="chain">The layers that it passes through.</param>
    /// <param name="tangents">Tangents that each sample needs; the tile may have fewer lanes than that.</param>
    /// <param name="extraPerColumn">Floats of local memory a column besides the two buffers.</param>
    /// <exception cref="InputException">The network is too wide for the device.</exception>
    public static TilePlan Choose(KernelMachine machine, ChainTable chain, int tangents, int extraPerColumn)
    {
        long room = (machine.LocalMemoryBytes - Reserve) / sizeof(float);
        foreach (int columns in Columns)
        {
            long floats = TileProduct.SliceLength + (columns * ((2L * chain.Width) + extraPerColumn));
            if (floats <= room)
            {
                int lanes = Math.Min(1 + tangents, Math.Min(MostLanes, columns));
                var tiling = new TileShape(columns, lanes, columns / lanes, chain.Width);
                return new TilePlan(tiling, (int)floats * sizeof(float));
            }
        }

        long least = TileProduct.SliceLength + (Columns[^1] * ((2L * chain.Width) + extraPerColumn));
        throw InputException.For(
            $"local memory on {machine.Description}",
            $"{machine.LocalMemoryBytes} bytes",
            $"at least {(least * sizeof(float)) + Reserve} bytes for layers of {chain.Width} features");
    }

    /// <summary>Tiles of a batch.</summary>
    public int TilesFor(int samples) => (int)(((long)samples + Tiling.Samples - 1) / Tiling.Samples);

    /// <summary>The launch of a batch, a group a tile.</summary>
    public LaunchShape For(int samples) => new(TilesFor(samples), EvaluateKernel.GroupSize, LocalBytes);
}
