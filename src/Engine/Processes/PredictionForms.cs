namespace ScoreGpu.Engine.Processes;

/// <summary>What networks of the field predict, each as a combination p = c₀·x₀ + c₁·ε.</summary>
public static class PredictionForms
{
    /// <summary>x₀: (1, 0).</summary>
    public static PredictionForm Denoised { get; } = new(1.0, 0.0);

    /// <summary>ε: (0, 1) (Ho, Jain and Abbeel 2020, arXiv:2006.11239, equation 14).</summary>
    public static PredictionForm Epsilon { get; } = new(0.0, 1.0);

    /// <summary>The score of x_t given x₀: (0, −1/σ) (Vincent 2011, equation 9). Infinite where σ = 0.</summary>
    public static PredictionForm Score(DiffusionProcess process, double t) => new(0.0, -1.0 / process.Sigma(t));

    /// <summary>v = α·ε − σ·x₀: (−σ, α) (Salimans and Ho 2022, arXiv:2202.00512, section 4).</summary>
    public static PredictionForm V(DiffusionProcess process, double t) => new(-process.Sigma(t), process.Alpha(t));

    /// <summary>
    /// The velocity of the path, dx_t/dt = α′·x₀ + σ′·ε: (α′, σ′); ε − x₀ for flow matching (Lipman et al. 2022,
    /// arXiv:2210.02747, equation 23; Liu, Gong and Liu 2022, arXiv:2209.03003, equation 1).
    /// </summary>
    public static PredictionForm Velocity(ContinuousProcess process, double t) =>
        new(process.AlphaDerivative(t), process.SigmaDerivative(t));

    /// <summary>
    /// EDM's F = (x₀ − c_skip·x)/c_out of x = x₀ + t·ε: (α·t/σ_d, −α·σ_d), with α = 1/√(t² + σ_d²) (Karras et al. 2022,
    /// arXiv:2206.00364, equation 8 and table 1). Var F = σ² + α²σ_d² = 1 for data of deviation σ_d; for σ_d = 1 it is −v.
    /// </summary>
    public static PredictionForm Preconditioned(PreconditionedEdmProcess process, double t) =>
        new(process.Sigma(t) / process.SigmaData, -process.Alpha(t) * process.SigmaData);
}
