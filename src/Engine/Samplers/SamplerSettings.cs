namespace ScoreGpu.Engine.Samplers;

/// <summary>The numbers that samplers take besides their grid; each reads its own.</summary>
public sealed record SamplerSettings
{
    /// <summary>ddim: η, the share of DDPM's noise, in [0, 1].</summary>
    public double Eta { get; init; }

    /// <summary>ddim, dpm-solver++2m and its SDE form: the largest |x̂₀|; +∞ clips nothing.</summary>
    public double Clip { get; init; } = double.PositiveInfinity;

    /// <summary>ddpm: the variance of the noise.</summary>
    public DdpmVariance Variance { get; init; }

    /// <summary>edm: the noise before a step.</summary>
    public EdmChurn Churn { get; init; } = EdmChurn.None;

    /// <summary>predictor-corrector: r.</summary>
    public double Snr { get; init; } = PredictorCorrectorSampler.UsualSnr;

    /// <summary>predictor-corrector: Langevin steps after each step.</summary>
    public int CorrectorSteps { get; init; } = 1;
}
