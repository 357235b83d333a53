using System.Runtime.CompilerServices;
using ScoreGpu.Kernels.Cpu.Simd;

namespace ScoreGpu.Kernels.Cpu;

/// <summary>The gradient of a layer's weights and biases, from the tapes of some tiles.</summary>
/// <remarks>
/// Every tile's gradient is a sum over its samples in order, and over its lanes; the tiles are summed in pairs
/// (<see cref="PairwiseSum"/>), so that neighbouring tiles can be left to different threads.
/// </remarks>
public static unsafe class GradientKernel
{
    /// <summary>
    /// Rows of a wide layer's gradient in a block: two register blocks, so that activations come from the second-level cache
    /// half as often.
    /// </summary>
    public const int BlockRows = 2 * MicroKernel.MaximumRows;

    /// <inheritdoc cref="TileKernels.WeightGradient"/>
    public static void Run<TSimd, TVector>(
        in DenseLayer layer,
        int index,
        Tape tape,
        float* records,
        int samples,
        int block,
        float* weightGradient,
        float* biasGradient)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        if (layer.IsNarrow)
        {
            Narrow<TSimd, TVector>(
                layer, index, tape, records, samples, block, weightGradient, biasGradient);
        }
        else
        {
            Wide<TSimd, TVector>(
                layer, index, tape, records, samples, block, weightGradient, biasGradient);
        }
    }

    /// <summary>Some rows of δ · aᵀ, 64 columns at a time: δ is broadcast, a runs in vectors.</summary>
    [SkipLocalsInit]
    private static void Wide<TSimd, TVector>(
        in DenseLayer layer,
        int index,
        Tape tape,
        float* records,
        int samples,
        int block,
        float* weightGradient,
        float* biasGradient)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        int firstRow = block * BlockRows;
        int rows = Math.Min(BlockRows, layer.Rows - firstRow);
        int tiles = Tile.CountFor(samples);
        int delta = tape.Delta(index) + (firstRow * Tile.Width);
        float* sum = stackalloc float[PairwiseSum.BuffersFor(tiles) * rows * Tile.Width];
        for (int column = 0; column < layer.Depth; column += Tile.Width)
        {
            var products = new Products<TSimd, TVector>(
                tape, records, samples, rows, delta, tape.Input(index) + (column * Tile.Width));
            PairwiseSum.Run<TSimd, TVector, Products<TSimd, TVector>>(products, 0, tiles, sum);
            int columns = Math.Min(Tile.Width, layer.Depth - column);
            for (int row = 0; row < rows; row++)
            {
                float* target = weightGradient + ((firstRow + row) * layer.RowStride) + column;
                Copy(sum + (row * Tile.Width), target, columns);
            }
        }

        if (biasGradient != null)
        {
            var totals = new RowTotals<TSimd, TVector>(records + delta, tape.TileStride, samples, rows);
            PairwiseSum.Run<TSimd, TVector, RowTotals<TSimd, TVector>>(totals, 0, tiles, sum);
            Copy(sum, biasGradient + firstRow, rows);
        }
    }

    /// <summary>Sixty-four rows of the gradient as columns of a · δᵀ: a is broadcast, δ runs in vectors.</summary>
    [SkipLocalsInit]
    private static void Narrow<TSimd, TVector>(
        in DenseLayer layer,
        int index,
        Tape tape,
        float* records,
        int samples,
        int block,
        float* weightGradient,
        float* biasGradient)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        int firstRow = block * Tile.Width;
        int rows = Math.Min(Tile.Width, layer.Rows - firstRow);
        int tiles = Tile.CountFor(samples);
        int delta = tape.Delta(index) + (firstRow * Tile.Width);
        float* sum = stackalloc float[PairwiseSum.BuffersFor(tiles) * layer.Depth * Tile.Width];
        var products = new Products<TSimd, TVector>(tape, records, samples, layer.Depth, tape.Input(index), delta);
        PairwiseSum.Run<TSimd, TVector, Products<TSimd, TVector>>(products, 0, tiles, sum);
        for (int row = 0; row < rows; row++)
        {
            float* target = weightGradient + ((firstRow + row) * layer.RowStride);
            for (int d = 0; d < layer.Depth; d++)
            {
                target[d] = sum[(d * Tile.Width) + row];
            }
        }

        if (biasGradient != null)
        {
            var totals = new ColumnTotals<TSimd, TVector>(records + delta, tape.TileStride, samples);
            PairwiseSum.Run<TSimd, TVector, ColumnTotals<TSimd, TVector>>(totals, 0, tiles, sum);
            Copy(sum, biasGradient + firstRow, rows);
        }
    }

    private static void Copy(float* source, float* target, int count) =>
        new Span<float>(source, count).CopyTo(new Span<float>(target, count));

    /// <summary>Of each tile A · B over its samples and lanes, A feature-major and B a panel.</summary>
    private readonly struct Products<TSimd, TVector>(
        Tape tape, float* records, int samples, int rows, int a, int b) : PairwiseSum.ITerms
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        public int Length => rows * Tile.Width;

        public void Compute(int index, float* term) => Multiply(index, term, adds: false);

        // With tangents a term is a sum itself, which comes first.
        public bool TryAdd(int index, float* sum)
        {
            if (tape.Tangents > 0)
            {
                return false;
            }

            Multiply(index, sum, adds: true);
            return true;
        }

        private void Multiply(int tile, float* sum, bool adds)
        {
            float* lanes = records + ((long)tile * tape.TileStride);
            for (int lane = 0; lane <= tape.Tangents; lane++, lanes += tape.LaneStride)
            {
                DenseKernel.Multiply<TSimd, TVector>(
                    rows,
                    Math.Min(Tile.Width, samples - (tile * Tile.Width)),
                    lanes + a,
                    Tile.Width,
                    1,
                    lanes + b,
                    Tile.Width,
                    lane == 0 ? ChainKernel.NoBias : null,
                    sum,
                    adds: adds);
            }
        }
    }

    /// <summary>Of each tile the sums of some rows.</summary>
    private readonly struct RowTotals<TSimd, TVector>(float* first, int tileStride, int samples, int rows) : PairwiseSum.ITerms
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        public int Length => rows;

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Compute(int index, float* term)
        {
            float* row = first + ((long)index * tileStride);
            int columns = Tile.ColumnsFor(samples - (index * Tile.Width));
            for (int r = 0; r < rows; r++, row += Tile.Width)
            {
                term[r] = ElementKernel.RowSum<TSimd, TVector>(row, columns);
            }
        }

        public bool TryAdd(int index, float* sum) => false;
    }

    /// <summary>Of each tile the sums of the columns of a panel.</summary>
    private readonly struct ColumnTotals<TSimd, TVector>(float* first, int tileStride, int samples) : PairwiseSum.ITerms
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        public int Length => Tile.Width;

        public void Compute(int index, float* term)
        {
            float* row = first + ((long)index * tileStride);
            new Span<float>(term, Tile.Width).Clear();
            int columns = Math.Min(Tile.Width, samples - (index * Tile.Width));
            for (int n = 0; n < columns; n++, row += Tile.Width)
            {
                ElementKernel.Add<TSimd, TVector>(term, row, term, Tile.Width);
            }
        }

        public bool TryAdd(int index, float* sum) => false;
    }
}
