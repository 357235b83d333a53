namespace ScoreGpu.Engine.Distributions;

/// <summary>
/// Uniform on 8 of the 16 squares of side 2 of [−4, 4)²: those with ⌊x/2⌋ + ⌊y/2⌋ even. The density is 1/32, and the
/// entropy ln 32.
/// </summary>
/// <remarks>The board of the code of Grathwohl et al., "FFJORD", arXiv:1810.01367 (<c>checkerboard</c>).</remarks>
public sealed class Checkerboard : PlanarDistribution
{
    /// <summary>The side of a square.</summary>
    public const double Side = 2.0;

    private const int Squares = 4;
    private const double Low = -0.5 * Squares * Side;
    private const double Area = 0.5 * Squares * Squares * Side * Side;

    /// <inheritdoc/>
    public override double LogDensity(double x, double y)
    {
        if (!double.IsFinite(x) || !double.IsFinite(y))
        {
            return double.NaN;
        }

        double column = Math.Floor((x - Low) / Side);
        double row = Math.Floor((y - Low) / Side);
        bool isInside = column >= 0 && column < Squares && row >= 0 && row < Squares && (column + row) % 2 == 0;
        return isInside ? -Math.Log(Area) : double.NegativeInfinity;
    }

    /// <inheritdoc/>
    protected override (double X, double Y) PointOf(ReadOnlySpan<double> uniforms, ReadOnlySpan<double> normals)
    {
        // Rounding to single precision must not carry a point over the edge of its square, which is shut out.
        int square = (int)(uniforms[0] * Squares * Squares / 2);
        int column = square / (Squares / 2);
        int row = (2 * (square % (Squares / 2))) + (column % 2);
        return (Within(column, uniforms[1]), Within(row, uniforms[2]));
    }

    private static double Within(int index, double u)
    {
        double low = Low + (index * Side);
        return Math.Min(low + (u * Side), MathF.BitDecrement((float)(low + Side)));
    }
}
