namespace ScoreGpu.Kernels;

/// <summary>exp(x) − 1 without cancellation near x = 0.</summary>
/// <remarks>
/// Computed as 2·exp(x/2)·sinh(x/2): both factors are accurate for small x, where exp(x) − 1 loses every digit.
/// The framework's own <see cref="double.ExpM1(double)"/> subtracts, and so loses them.
/// </remarks>
public static class ExpMinusOne
{
    // Beyond this the subtraction is exact to rounding, and the product would be 0·∞ far out.
    private const double SubtractBelow = -40.0;

    /// <summary>Returns exp(x) − 1 to a few units in the last place.</summary>
    /// <param name="x">Any number; above about 709 the result is +∞.</param>
    public static double Of(double x) =>
        x < SubtractBelow ? Math.Exp(x) - 1.0 : 2.0 * Math.Exp(0.5 * x) * Math.Sinh(0.5 * x);
}
