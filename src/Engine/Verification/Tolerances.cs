namespace ScoreGpu.Engine.Verification;

/// <summary>The largest relative errors that pass, each about ten times what float32 was seen to leave.</summary>
/// <remarks>
/// A float32 rounding is 6e-8. A layer's sums of some hundred products, four layers deep, stay within tens of
/// roundings; a gradient adds the sum over the batch and cancellation between samples. A sampler's steps each pass on
/// the error of those before; the programs here contract, so it does not grow with their number.
/// </remarks>
internal static class Tolerances
{
    /// <summary>Outputs, products with the Jacobian, divergences and losses.</summary>
    public const double Value = 1e-5;

    /// <summary>Gradients, a tensor at a time.</summary>
    public const double Gradient = 2e-5;

    /// <summary>The losses and the weights of a training run.</summary>
    public const double Training = 1e-5;

    /// <summary>What began with draws that the device made itself, in float32: samples, and losses and weights of steps.</summary>
    public const double Drawn = 5e-5;

    /// <summary>The end of a sampling program.</summary>
    public const double Sampling = 2e-5;
}
