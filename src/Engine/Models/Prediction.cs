namespace ScoreGpu.Engine.Models;

/// <summary>What a model's network says about a noisy point.</summary>
public enum Prediction
{
    /// <summary>The noise ε in x_t = α·x₀ + σ·ε.</summary>
    Epsilon,

    /// <summary>The score ∇ log p_t(x), −ε/σ for one noisy point.</summary>
    Score,
}
