namespace ScoreGpu.Engine.Networks;

/// <summary>How a network is told the time or noise level: a small network of its own whose output joins x.</summary>
/// <remarks>
/// The result depends on the level alone, so in the first layer it is a bias, b₁(t) = W₁,ₜ·emb(t) + b₁, computed once a
/// level and not once a sample.
/// </remarks>
/// <param name="Width">Features that join x at the first layer's input.</param>
public abstract record TimeConditioning(int Width)
{
    /// <summary>Checks the numbers besides <see cref="Width"/>.</summary>
    /// <exception cref="InputException">One is out of range.</exception>
    internal virtual void Validate()
    {
    }
}

/// <summary>Features of a level that are a formula and have no weights: what the first layer of a small network sees.
/// </summary>
/// <param name="Width">Features that join x at the first layer's input.</param>
/// <param name="FeatureCount">The features.</param>
public abstract record ComputedFeatures(int Width, int FeatureCount) : TimeConditioning(Width)
{
    /// <summary>Works out the features of a level.</summary>
    /// <param name="condition">The level.</param>
    /// <param name="features">Receives them, [<see cref="FeatureCount"/>].</param>
    internal abstract void Fill(float condition, Span<float> features);
}

/// <summary>No level: s(x) alone, as in score matching at one noise level.</summary>
public sealed record NoConditioning() : TimeConditioning(0);

/// <summary>
/// An integer step t in [0, <paramref name="Steps"/>): emb(t) = W·f(E[t]) + b, with a learned table E and f
/// the network's activation. PyTorch's <c>time_embed</c> = Embedding → activation → Linear.
/// </summary>
/// <param name="Steps">Rows of the table, T.</param>
/// <param name="Width">Columns of the table and outputs of the linear layer.</param>
public sealed record LearnedEmbedding(int Steps, int Width) : TimeConditioning(Width)
{
    /// <inheritdoc/>
    internal override void Validate()
    {
        if (Steps is < 1 or > 1_000_000)
        {
            throw InputException.For("steps", Steps, "1 to 1000000");
        }
    }
}

/// <summary>
/// A noise level σ &gt; 0: emb(σ) = f(W₂·f(w₁·ln(σ + 1e-8) + b₁) + b₂), f the network's activation.
/// PyTorch's <c>sigma_emb</c> = Linear → activation → Linear → activation.
/// </summary>
/// <param name="Width">Outputs of both linear layers.</param>
public sealed record LogSigmaEmbedding(int Width) : ComputedFeatures(Width, 1)
{
    /// <summary>Added to σ before the logarithm.</summary>
    public const double Offset = 1e-8;

    /// <inheritdoc/>
    internal override void Fill(float condition, Span<float> features) =>
        features[0] = (float)Math.Log(condition + Offset);
}
