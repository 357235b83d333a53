namespace ScoreGpu.Engine.Processes;

/// <summary>One noise level at all times: α = 1 and σ fixed; σ = 0 is the data as they are.</summary>
/// <remarks>
/// The setting of denoising score matching (Vincent, 2011, "A connection between score matching and denoising
/// autoencoders", section 4.2).
/// </remarks>
public sealed class FixedNoiseProcess : DiffusionProcess
{
    private readonly double _sigma;

    /// <summary>Creates the process.</summary>
    /// <param name="sigma">σ, finite and at least 0.</param>
    /// <exception cref="InputException">σ is out of range.</exception>
    public FixedNoiseProcess(double sigma)
    {
        if (!(sigma >= 0.0 && double.IsFinite(sigma)))
        {
            throw InputException.For(nameof(sigma), sigma, "a finite number of at least 0");
        }

        _sigma = sigma;
    }

    /// <inheritdoc/>
    public override string Name => "single-sigma";

    /// <inheritdoc/>
    public override TimeRange TimeRange => new(0.0, 1.0);

    /// <inheritdoc/>
    public override double Alpha(double t) => 1.0;

    /// <inheritdoc/>
    public override double Sigma(double t) => _sigma;
}
