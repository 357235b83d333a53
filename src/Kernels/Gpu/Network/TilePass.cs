namespace ScoreGpu.Kernels.Gpu;

/// <summary>What happens to a tile between products, element by element: biases, activations, zeros.</summary>
/// <remarks>
/// A work-item keeps to its column and walks down the features, so that it divides once and not for each element.
/// <code>
///   work-items      0 … S−1  |  S … 2S−1 | …
///   columns         0 … S−1  |  0 … S−1  | …
///   features        0, p, 2p |  1, p+1, …| …      p = group size / S
/// </code>
/// No pass waits for the others: the caller places the barriers.
/// </remarks>
public static class TilePass
{
    /// <summary>The first column of a work-item.</summary>
    /// <param name="columns">S.</param>
    public static int FirstColumn(int columns) => Group.IdxX % Math.Min(columns, Group.DimX);

    /// <summary>The first feature of a work-item.</summary>
    /// <param name="columns">S.</param>
    public static int FirstFeature(int columns) => Group.IdxX / Math.Min(columns, Group.DimX);

    /// <summary>From a work-item's column to its next.</summary>
    /// <param name="columns">S.</param>
    public static int ColumnStep(int columns) => Math.Min(columns, Group.DimX);

    /// <summary>From a work-item's feature to its next.</summary>
    /// <param name="columns">S.</param>
    public static int FeatureStep(int columns) => Math.Max(1, Group.DimX / columns);

    /// <summary>Sets a tile to zero.</summary>
    /// <param name="tile">The group's local memory.</param>
    /// <param name="to">Where the tile is in it.</param>
    /// <param name="count">Its elements.</param>
    public static void Clear(FloatView tile, int to, int count)
    {
        for (int i = Group.IdxX; i < count; i += Group.DimX)
        {
            tile[to + i] = 0f;
        }
    }

    /// <summary>Fills the columns of samples with a bias, and those of tangents with zero.</summary>
    /// <param name="tile">The group's local memory.</param>
    /// <param name="to">Where the tile is in it.</param>
    /// <param name="rows">Its features.</param>
    /// <param name="bias">Holds b.</param>
    /// <param name="offset">Where b[0] is.</param>
    /// <param name="shape">The tile.</param>
    public static void FillBias(FloatView tile, int to, int rows, FloatView bias, int offset, in TileShape shape)
    {
        for (int n = FirstColumn(shape.Columns); n < shape.Columns; n += ColumnStep(shape.Columns))
        {
            for (int r = FirstFeature(shape.Columns); r < rows; r += FeatureStep(shape.Columns))
            {
                tile[to + (r * shape.Columns) + n] = n < shape.Samples ? bias[offset + r] : 0f;
            }
        }
    }

    /// <summary>As <see cref="FillBias"/>, each sample with its own row of a table.</summary>
    /// <param name="tile">The group's local memory.</param>
    /// <param name="to">Where the tile is in it.</param>
    /// <param name="rows">Its features.</param>
    /// <param name="table">Rows of biases, [levels, rows].</param>
    /// <param name="levels">The row of each sample.</param>
    /// <param name="first">The tile's first sample, in <paramref name="levels"/>.</param>
    /// <param name="count">The number of samples.</param>
    /// <param name="levelStep">1, or 0 where all take row levels[0].</param>
    /// <param name="shape">The tile.</param>
    public static void FillBiasOfLevels(
        FloatView tile,
        int to,
        int rows,
        FloatView table,
        IntView levels,
        int first,
        int count,
        int levelStep,
        in TileShape shape)
    {
        for (int n = FirstColumn(shape.Columns); n < shape.Columns; n += ColumnStep(shape.Columns))
        {
            bool isSample = n < shape.Samples && first + n < count;
            int row = isSample ? levels[(first + n) * levelStep] * rows : 0;
            for (int r = FirstFeature(shape.Columns); r < rows; r += FeatureStep(shape.Columns))
            {
                tile[to + (r * shape.Columns) + n] = isSample ? table[row + r] : 0f;
            }
        }
    }

    /// <summary>a = f(z) in the columns of samples; ȧ = f'(z)·ż in those of their tangents; in place.</summary>
    /// <param name="tile">The group's local memory.</param>
    /// <param name="at">Where the tile is in it, a multiple of 4.</param>
    /// <param name="rows">Its features.</param>
    /// <param name="activation">f, an <see cref="Activation"/>.</param>
    /// <param name="shape">The tile.</param>
    public static void Activate(FloatView tile, int at, int rows, int activation, in TileShape shape)
    {
        switch (activation)
        {
            case (int)Activation.Silu:
                Activate<Silu>(tile, at, rows, in shape);
                break;
            case (int)Activation.Tanh:
                Activate<Tanh>(tile, at, rows, in shape);
                break;
            case (int)Activation.Relu:
                Activate<Relu>(tile, at, rows, in shape);
                break;
            case (int)Activation.Gelu:
                Activate<Gelu>(tile, at, rows, in shape);
                break;
        }
    }

    private static void Activate<TActivation>(FloatView tile, int at, int rows, in TileShape shape)
        where TActivation : struct, IActivation
    {
        if (shape.Lanes == 1)
        {
            ActivateAll<TActivation>(tile, at, rows * shape.Columns);
        }
        else
        {
            ActivateWithTangents<TActivation>(tile, at, rows, in shape);
        }
    }

    /// <summary>Without tangents all columns are alike, and neighbouring work-items take neighbouring quads.</summary>
    private static void ActivateAll<TActivation>(FloatView tile, int at, int count)
        where TActivation : struct, IActivation
    {
        for (int i = RegisterBlock.Quad * Group.IdxX; i < count; i += RegisterBlock.Quad * Group.DimX)
        {
            FloatView quad = tile.SubView(at + i, RegisterBlock.Quad).AsAligned(RegisterBlock.QuadBytes);
            float z0 = quad[0];
            float z1 = quad[1];
            float z2 = quad[2];
            float z3 = quad[3];
            float a0 = TActivation.Value(z0);
            float a1 = TActivation.Value(z1);
            float a2 = TActivation.Value(z2);
            float a3 = TActivation.Value(z3);
            quad[0] = a0;
            quad[1] = a1;
            quad[2] = a2;
            quad[3] = a3;
        }
    }

    private static void ActivateWithTangents<TActivation>(FloatView tile, int at, int rows, in TileShape shape)
        where TActivation : struct, IActivation
    {
        for (int n = FirstColumn(shape.Columns); n < shape.Samples; n += ColumnStep(shape.Columns))
        {
            for (int r = FirstFeature(shape.Columns); r < rows; r += FeatureStep(shape.Columns))
            {
                int i = at + (r * shape.Columns) + n;
                float z = tile[i];
                float slope = TActivation.Derivative(z);
                tile[i] = TActivation.Value(z);
                for (int lane = 1; lane < shape.Lanes; lane++)
                {
                    tile[i + (lane * shape.Samples)] *= slope;
                }
            }
        }
    }

    /// <summary>Copies samples [count, D] into the columns of a lane, feature-major; zeros beyond the last.</summary>
    /// <param name="source">The samples.</param>
    /// <param name="first">The tile's first sample.</param>
    /// <param name="count">The number of samples.</param>
    /// <param name="dimension">D.</param>
    /// <param name="tile">The group's local memory.</param>
    /// <param name="to">Where the tile is in it.</param>
    /// <param name="lane">The lane.</param>
    /// <param name="shape">The tile.</param>
    public static void LoadSamples(
        FloatView source, int first, int count, int dimension, FloatView tile, int to, int lane, in TileShape shape)
    {
        for (int i = Group.IdxX; i < shape.Samples * dimension; i += Group.DimX)
        {
            int n = i / dimension;
            int d = i % dimension;
            tile[to + (d * shape.Columns) + (lane * shape.Samples) + n] =
                first + n < count ? source[((first + n) * dimension) + d] : 0f;
        }
    }

    /// <summary>Copies the columns of a lane to samples [count, D].</summary>
    /// <param name="tile">The group's local memory.</param>
    /// <param name="from">Where the tile is in it.</param>
    /// <param name="lane">The lane.</param>
    /// <param name="target">Receives the samples.</param>
    /// <param name="offset">Where sample 0 goes.</param>
    /// <param name="first">The tile's first sample.</param>
    /// <param name="count">The number of samples.</param>
    /// <param name="dimension">D.</param>
    /// <param name="shape">The tile.</param>
    public static void StoreSamples(
        FloatView tile,
        int from,
        int lane,
        FloatView target,
        int offset,
        int first,
        int count,
        int dimension,
        in TileShape shape)
    {
        for (int i = Group.IdxX; i < shape.Samples * dimension; i += Group.DimX)
        {
            int n = i / dimension;
            int d = i % dimension;
            if (first + n < count)
            {
                target[offset + ((first + n) * dimension) + d] =
                    tile[from + (d * shape.Columns) + (lane * shape.Samples) + n];
            }
        }
    }
}
