namespace ScoreGpu.Kernels.Gpu;

/// <summary>How A of <see cref="TileProduct"/> lies in memory, and which eight elements of a slice of it are a
/// work-item's: neighbours read neighbouring elements, whichever way A lies.</summary>
public interface IWeightOrder
{
    /// <summary>From A[0, 0] to A[row, k].</summary>
    /// <param name="row">The row of A.</param>
    /// <param name="k">The column of A.</param>
    /// <param name="stride">From a row of W to the next.</param>
    static abstract int Place(int row, int k, int stride);

    /// <summary>The row, in the slice, of element <paramref name="j"/> of this work-item.</summary>
    /// <param name="j">0 to 7.</param>
    static abstract int Row(int j);

    /// <summary>Its input, in the slice.</summary>
    /// <param name="j">0 to 7.</param>
    static abstract int Input(int j);
}

/// <summary>A = W: eight work-items read the eight inputs of a row, 32 bytes.</summary>
public readonly struct PlainWeights : IWeightOrder
{
    private const int Inputs = 8;

    /// <inheritdoc/>
    public static int Place(int row, int k, int stride) => (row * stride) + k;

    /// <inheritdoc/>
    public static int Row(int j) => (Group.IdxX / Inputs) + (j * (Group.DimX / Inputs));

    /// <inheritdoc/>
    public static int Input(int j) => Group.IdxX % Inputs;
}

/// <summary>A = Wᵀ: a row of A is a column of W, and a work-item's eight elements are a row's.</summary>
public readonly struct TransposedWeights : IWeightOrder
{
    /// <inheritdoc/>
    public static int Place(int row, int k, int stride) => (k * stride) + row;

    /// <inheritdoc/>
    public static int Row(int j) => Group.IdxX;

    /// <inheritdoc/>
    public static int Input(int j) => j;
}
