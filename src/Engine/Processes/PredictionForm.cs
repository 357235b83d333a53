namespace ScoreGpu.Engine.Processes;

/// <summary>
/// What a network predicts at one time, as a combination of clean data and noise: p = c₀·x₀ + c₁·ε.
/// </summary>
/// <remarks>
/// x₀ is (1, 0), ε is (0, 1), the score is (0, −1/σ), the v of Salimans and Ho (2022, arXiv:2202.00512, section 4)
/// is (−σ, α), and the velocity of the path is (α′, σ′). <see cref="DiffusionProcess"/>.Convert turns any of them
/// into any other.
/// </remarks>
/// <param name="Denoised">The coefficient c₀ of x₀.</param>
/// <param name="Epsilon">The coefficient c₁ of ε.</param>
public readonly record struct PredictionForm(double Denoised, double Epsilon);
