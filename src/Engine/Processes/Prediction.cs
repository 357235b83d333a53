namespace ScoreGpu.Engine.Processes;

/// <summary>What a network says about a noisy point x_t = α·x₀ + σ·ε; given x_t, each is linear in any other.</summary>
public enum Prediction
{
    /// <summary>The noise ε (Ho et al., 2020, arXiv:2006.11239, equation (14)).</summary>
    Epsilon,

    /// <summary>The score ∇ log p_t(x), −ε/σ for one noisy point (arXiv:2011.13456, equation (7)).</summary>
    Score,

    /// <summary>The clean data x₀.</summary>
    Denoised,

    /// <summary>v = α·ε − σ·x₀ (Salimans and Ho, 2022, arXiv:2202.00512, section 4).</summary>
    V,

    /// <summary>The velocity of the path, α′·x₀ + σ′·ε; ε − x₀ in flow matching (arXiv:2210.02747).</summary>
    Velocity,

    /// <summary>EDM's F = (x₀ − c_skip·x)/c_out, of <see cref="PreconditionedEdmProcess"/> alone.</summary>
    Preconditioned,
}
