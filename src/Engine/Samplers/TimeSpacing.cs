namespace ScoreGpu.Engine.Samplers;

/// <summary>How the times of a sampler's grid are spaced.</summary>
public enum TimeSpacing
{
    /// <summary>Equal steps of t: the usual choice for SDE solvers and for straight paths.</summary>
    Uniform,

    /// <summary>Equal steps of √t: more of them near the data (Song et al., 2020, arXiv:2010.02502, appendix
    /// D.2).</summary>
    Quadratic,

    /// <summary>
    /// Equal steps of (σ/α)^(1/ρ), ρ = 7 (Karras et al., 2022, arXiv:2206.00364, equation (5), there with α = 1).
    /// </summary>
    Karras,

    /// <summary>Equal steps of ln(α/σ) (Lu et al., 2022, arXiv:2206.00927): the usual for DPM-Solver.</summary>
    LogSnr,
}
