namespace ScoreGpu.Engine.Processes;

/// <summary>
/// The cosine process: α(t) = cos a(t)/cos a(0) with a(t) = (π/2)(t + s)/(1 + s), and σ² = 1 − α².
/// </summary>
/// <remarks>
/// f = −a′ tan a, which grows without bound as t nears 1, so the range ends at 0.9946, as in Lu et al., 2022,
/// arXiv:2206.00927. σ² is computed as sin(a − a₀)·sin(a + a₀)/cos² a₀, which keeps its digits near t = 0, and cos a as
/// sin(π/2 − a), which keeps them near t = 1.
/// Nichol and Dhariwal, 2021, arXiv:2102.09672, equation (17), in continuous time.
/// </remarks>
public sealed class CosineProcess : ContinuousProcess
{
    private const double LastTime = 0.9946;

    private readonly double _rate;
    private readonly double _start;

    /// <summary>Creates the process.</summary>
    /// <param name="offset">The offset s, above 0: it keeps the noise at the first steps from vanishing.</param>
    /// <exception cref="InputException">The offset is not a finite number above 0.</exception>
    public CosineProcess(double offset = 0.008)
    {
        Offset = RequirePositive(offset, nameof(offset));
        _rate = 0.5 * Math.PI / (1.0 + offset);
        _start = _rate * offset;
    }

    /// <inheritdoc/>
    public override string Name => "cosine";

    /// <summary>s.</summary>
    public double Offset { get; }

    /// <inheritdoc/>
    public override TimeRange TimeRange => new(0.0, LastTime);

    /// <summary>10⁻³ to the range's end.</summary>
    public override TimeRange SamplingRange => new(1e-3, LastTime);

    /// <summary>N(0, I): standardised data keep their variance.</summary>
    /// <param name="t">Without effect.</param>
    public override GaussianPrior Prior(double t) => new(1.0);

    /// <inheritdoc/>
    public override double Alpha(double t) => Math.Sin(_rate * (1.0 - t)) / Math.Cos(_start);

    /// <inheritdoc/>
    public override double Sigma(double t) =>
        Math.Sqrt(Math.Sin(_rate * t) * Math.Sin(Angle(t) + _start)) / Math.Cos(_start);

    /// <inheritdoc/>
    public override double LogAlphaDerivative(double t) => -_rate / Math.Tan(_rate * (1.0 - t));

    /// <inheritdoc/>
    public override double VarianceDerivative(double t)
    {
        double scale = Math.Cos(_start);
        return _rate * Math.Sin(2.0 * Angle(t)) / (scale * scale);
    }

    private double Angle(double t) => (_rate * t) + _start;
}
