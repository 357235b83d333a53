namespace ScoreGpu.Engine.Networks;

/// <summary>How a network is told the time or noise level: a small network of its own whose output joins x.</summary>
/// <remarks>
/// The result depends on the level alone, so in the first layer it is a bias, b₁(t) = W₁,ₜ·emb(t) + b₁, computed once a
/// level and not once a sample.
/// </remarks>
/// <param name="Width">Features that join x at the first layer's input.</param>
public abstract record TimeConditioning(int Width);

/// <summary>No level: s(x) alone, as in score matching at one noise level.</summary>
public sealed record NoConditioning() : TimeConditioning(0);

/// <summary>
/// An integer step t in [0, <paramref name="Steps"/>): emb(t) = W·silu(E[t]) + b, with a learned table E.
/// PyTorch's <c>time_embed</c> = Embedding → SiLU → Linear.
/// </summary>
/// <param name="Steps">Rows of the table, T.</param>
/// <param name="Width">Columns of the table and outputs of the linear layer.</param>
public sealed record LearnedEmbedding(int Steps, int Width) : TimeConditioning(Width);

/// <summary>
/// A noise level σ &gt; 0: emb(σ) = silu(W₂·silu(w₁·ln(σ + 1e-8) + b₁) + b₂).
/// PyTorch's <c>sigma_emb</c> = Linear → SiLU → Linear → SiLU.
/// </summary>
/// <param name="Width">Outputs of both linear layers.</param>
public sealed record LogSigmaEmbedding(int Width) : TimeConditioning(Width)
{
    /// <summary>Added to σ before the logarithm.</summary>
    public const double Offset = 1e-8;
}
