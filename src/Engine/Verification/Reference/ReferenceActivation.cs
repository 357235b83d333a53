using ScoreGpu.Kernels;

namespace ScoreGpu.Engine.Verification.Reference;

/// <summary>An activation and its two derivatives in float64, from their definitions.</summary>
internal sealed record ReferenceActivation(
    Func<double, double> Value, Func<double, double> Slope, Func<double, double> Curvature)
{
    public static ReferenceActivation Silu { get; } = new(
        x => x * Sigmoid(x),
        x => Sigmoid(x) * (1 + (x * Sigmoid(-x))),
        x => Sigmoid(x) * Sigmoid(-x) * (2 + (x * (Sigmoid(-x) - Sigmoid(x)))));

    public static ReferenceActivation Tanh { get; } = new(
        Math.Tanh,
        x => 1 / (Math.Cosh(x) * Math.Cosh(x)),
        x => -2 * Math.Tanh(x) / (Math.Cosh(x) * Math.Cosh(x)));

    public static ReferenceActivation Relu { get; } = new(x => Math.Max(x, 0), x => x > 0 ? 1 : 0, _ => 0);

    /// <summary>½x·(1 + tanh u) = x·σ(2u), u = √(2/π)·(x + 0.044715x³).</summary>
    public static ReferenceActivation Gelu { get; } = new(
        x => x * Sigmoid(2 * U(x)),
        x => Sigmoid(2 * U(x)) + (x * Bell(x) * 2 * SlopeOfU(x)),
        x => (2 * Bell(x) * 2 * SlopeOfU(x))
            + (x * Bell(x) * (Sigmoid(-2 * U(x)) - Sigmoid(2 * U(x))) * 4 * SlopeOfU(x) * SlopeOfU(x))
            + (x * Bell(x) * 12 * Math.Sqrt(2 / Math.PI) * 0.044715 * x));

    public static ReferenceActivation Of(Activation activation) => activation switch
    {
        Activation.Silu => Silu,
        Activation.Tanh => Tanh,
        Activation.Relu => Relu,
        _ => Gelu,
    };

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));

    private static double U(double x) => Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x));

    private static double SlopeOfU(double x) => Math.Sqrt(2 / Math.PI) * (1 + (3 * 0.044715 * x * x));

    private static double Bell(double x) => Sigmoid(2 * U(x)) * Sigmoid(-2 * U(x));
}
