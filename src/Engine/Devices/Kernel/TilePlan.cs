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

    /// <summary>What streaming the weights past a tile costs, and waiting for them, in columns of work.</summary>
    private const int ColumnsOfWeights = 32;

    /// <summary>Elements of a layer for which every work-item of a group has a block.</summary>
    private const int WidestLayer = EvaluateKernel.GroupSize * RegisterBlock.Rows * RegisterBlock.Rows;

    private static ReadOnlySpan<int> Columns => [256, 128, 64, 32, 16, 8, 4];

    /// <summary>The tile with which the busiest unit of the device is done first.</summary>
    /// <remarks>
    /// A unit takes ⌈tiles / units⌉ tiles, each of some columns and the weights that stream past. Wide tiles, whose
    /// work-items hold the larger blocks, are taken only where a unit has the local memory for two, so that one
    /// computes while the other waits, and no wider than gives each work-item a block.
    /// </remarks>
    /// <param name="machine">The device.</param>
    /// <param name="chain">The layers that it passes through.</param>
    /// <param name="samples">Samples of the batch.</param>
    /// <param name="tangents">Tangents that each sample needs; the tile may have fewer lanes than that.</param>
    /// <param name="extraPerColumn">Floats of local memory a column besides the two buffers.</param>
    /// <exception cref="InputException">The network is too wide for the device.</exception>
    public static TilePlan Choose(
        KernelMachine machine, ChainTable chain, int samples, int tangents, int extraPerColumn)
    {
        TilePlan? best = null;
        long least = long.MaxValue;
        foreach (int columns in Columns)
        {
            long bytes = BytesOf(columns, chain, extraPerColumn);
            bool isWide = columns >= TileProduct.WideColumns;
            bool isTooWide = columns > TileProduct.WideColumns && (long)columns * chain.Width > WidestLayer;
            if ((isWide ? 2 * bytes : bytes) > machine.LocalMemoryBytes || isTooWide)
            {
                continue;
            }

            int lanes = Math.Min(1 + tangents, Math.Min(MostLanes, columns));
            var plan = new TilePlan(
                new TileShape(columns, lanes, columns / lanes, chain.Width), (int)bytes - Reserve);
            long rounds = ((long)plan.TilesFor(samples) + machine.ComputeUnits - 1) / machine.ComputeUnits;
            long time = rounds * (columns + ColumnsOfWeights);
            if (time < least)
            {
                (best, least) = (plan, time);
            }
        }

        return best ?? throw InputException.For(
            $"local memory on {machine.Description}",
            $"{machine.LocalMemoryBytes} bytes",
            $"at least {BytesOf(Columns[^1], chain, extraPerColumn)} bytes for layers of {chain.Width} features");
    }

    /// <summary>Tiles of a batch.</summary>
    public int TilesFor(int samples) => (int)(((long)samples + Tiling.Samples - 1) / Tiling.Samples);

    /// <summary>The launch of a batch, a group a tile.</summary>
    public LaunchShape For(int samples) => new(TilesFor(samples), EvaluateKernel.GroupSize, LocalBytes);

    private static long BytesOf(int columns, ChainTable chain, int extraPerColumn) =>
        ((TileProduct.SliceLength + (columns * ((2L * chain.Width) + extraPerColumn))) * sizeof(float)) + Reserve;
}
