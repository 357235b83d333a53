namespace ScoreGpu.Engine.Networks;

/// <summary>What features of time are features of.</summary>
public enum TimeInput
{
    /// <summary>The process's time: the step of a schedule, or t.</summary>
    Time,

    /// <summary>ln(σ + 1e-8), where the time is σ.</summary>
    LogSigma,
}

/// <summary>
/// Sines and cosines of a number: with u the time or ln σ and τ = <paramref name="Scale"/>·u,
/// emb(u) = W₂·f(W₁·[sin θ(τ), cos θ(τ)] + b₁) + b₂, f the network's activation.
/// </summary>
/// <remarks>
/// The angles θₖ(τ) are fixed, a derived class's. PyTorch's <c>time_mlp</c> = features → Linear → activation → Linear, as in
/// Song et al. 2021, arXiv:2011.13456, appendix H. The features are worked out in double, on the host.
/// </remarks>
/// <param name="FeatureCount">Sines and cosines together, F: even, 2 to 4096.</param>
/// <param name="Width">Outputs of both linear layers.</param>
/// <param name="Scale">τ for u = 1; above 0.</param>
/// <param name="Input">What u is.</param>
public abstract record TimeFeatures(int FeatureCount, int Width, double Scale, TimeInput Input)
    : ComputedFeatures(Width, FeatureCount)
{
    /// <summary>The most features.</summary>
    public const int MaximumFeatures = 4096;

    /// <inheritdoc/>
    internal sealed override void Fill(float condition, Span<float> features)
    {
        double u = Input == TimeInput.LogSigma ? Math.Log(condition + LogSigmaEmbedding.Offset) : condition;
        int half = FeatureCount / 2;
        for (int k = 0; k < half; k++)
        {
            (double sine, double cosine) = Math.SinCos(Angle(k, Scale * u));
            features[k] = (float)sine;
            features[half + k] = (float)cosine;
        }
    }

    /// <inheritdoc/>
    internal override void Validate()
    {
        if (FeatureCount is < 2 or > MaximumFeatures || FeatureCount % 2 != 0)
        {
            throw InputException.For("time features", FeatureCount, $"an even number from 2 to {MaximumFeatures}");
        }

        if (!(double.IsFinite(Scale) && Scale > 0))
        {
            throw InputException.For("scale of the time features", Scale, "a number above 0");
        }
    }

    /// <summary>θₖ(τ), in radians.</summary>
    private protected abstract double Angle(int k, double tau);
}

/// <summary>
/// Sinusoidal features, θₖ = τ·10000^(−k/(F/2 − 1)): from a period of 2π to one of 2π·10000, geometrically.
/// </summary>
/// <remarks>
/// Vaswani et al. 2017, arXiv:1706.03762, section 3.5, in the form of Ho et al. 2020, whose exponents end at exactly −1.
/// τ is the step itself; for t in [0, 1] it is 1000·t, so that a process in continuous time uses the same periods as 1000
/// steps do.
/// </remarks>
/// <param name="FeatureCount">F.</param>
/// <param name="Width">Outputs of both linear layers.</param>
/// <param name="Scale">τ for u = 1.</param>
/// <param name="Input">What u is.</param>
public sealed record SinusoidalEmbedding(int FeatureCount, int Width, double Scale, TimeInput Input)
    : TimeFeatures(FeatureCount, Width, Scale, Input)
{
    private protected override double Angle(int k, double tau) =>
        FeatureCount == 2 ? tau : tau * Math.Pow(10_000, -k / ((FeatureCount / 2) - 1.0));
}
