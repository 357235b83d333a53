using ScoreGpu.Engine.Networks;
using ScoreGpu.Kernels.Dialect;
using ScoreGpu.Kernels.Gpu;

namespace ScoreGpu.Engine.Devices.Kernel;

/// <summary>A chain's tape on the device, and the launch that turns it into weight gradients.</summary>
/// <remarks>z and a have a row for each layer's input, δ one for each output; a column for each column of a tile.</remarks>
internal sealed class TapeBuffers : IDisposable
{
    private readonly KernelMachine _machine;
    private readonly ChainTable _chain;
    private readonly TilePlan _plan;
    private readonly GrowingArray<float> _before;
    private readonly GrowingArray<float> _after;
    private readonly GrowingArray<float> _deltas;
    private readonly DeviceArray<int> _pieces;

    /// <summary>Prepares the tape of a chain.</summary>
    public TapeBuffers(KernelMachine machine, ChainTable chain, TilePlan plan)
    {
        _machine = machine;
        _chain = chain;
        _plan = plan;
        _before = new GrowingArray<float>(machine);
        _after = new GrowingArray<float>(machine);
        _deltas = new GrowingArray<float>(machine);
        int[] pieces = [.. Pieces(chain)];
        _pieces = machine.Copy<int>(pieces);
        PieceCount = pieces.Length / WeightGradientKernel.PieceFields;
    }

    /// <summary>Pieces of the gradient, each a group's.</summary>
    public int PieceCount { get; }

    /// <summary>Columns of the tape now.</summary>
    public int Stride { get; private set; }

    /// <summary>z.</summary>
    public View<float> Before => _before.Of(1).View;

    /// <summary>a.</summary>
    public View<float> After => _after.Of(1).View;

    /// <summary>δ of all layers.</summary>
    public View<float> Deltas => _deltas.Of(1).View;

    /// <summary>Makes room for a batch.</summary>
    public void Prepare(int samples)
    {
        Stride = _plan.TilesFor(samples) * _plan.Tiling.Columns;
        _before.Of(checked(_chain.InputRows * Stride));
        _after.Of(checked(_chain.InputRows * Stride));
        _deltas.Of(checked(_chain.DeltaRows * Stride));
    }

    /// <summary>Sums δ·aᵀ over the tape, a copy of the gradient a range of its columns.</summary>
    public void SumGradients(View<float> copies, int ranges, int values, bool accumulate)
    {
        int slices = (Stride + WeightGradientKernel.SliceDepth - 1) / WeightGradientKernel.SliceDepth;
        int length = (slices + ranges - 1) / ranges * WeightGradientKernel.SliceDepth;
        WeightGradient.Launch(
            _machine,
            new LaunchShape(
                ranges * PieceCount, WeightGradientKernel.GroupSize, WeightGradientKernel.LocalBytes),
            _chain.View,
            _pieces.View,
            PieceCount,
            After,
            Deltas,
            Stride,
            length,
            copies,
            values,
            accumulate ? 1 : 0,
            _plan.Tiling);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _before.Dispose();
        _after.Dispose();
        _deltas.Dispose();
        _pieces.Dispose();
    }

    private static IEnumerable<int> Pieces(ChainTable chain)
    {
        for (int l = 0; l < chain.Count; l++)
        {
            LayerLayout layer = chain.Layers[l];
            for (int row = 0; row < layer.Rows; row += WeightGradientKernel.PieceSize)
            {
                for (int column = 0; column < layer.Depth; column += WeightGradientKernel.PieceSize)
                {
                    yield return l;
                    yield return row;
                    yield return column;
                }
            }
        }
    }
}
