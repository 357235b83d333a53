using ScoreGpu.Viz.Labs.Training;

namespace ScoreGpu.Viz.Labs.Ncsn;

/// <summary>Everything that the lab computed; figures, page and results are made from it alone.</summary>
/// <param name="Settings">How much was computed.</param>
/// <param name="Seed">The key of every draw.</param>
/// <param name="Model">The model that is sampled.</param>
/// <param name="Levels">How close it is at each level.</param>
/// <param name="Empty">And how close far from all data.</param>
/// <param name="Weights">With the weight σ² against without.</param>
/// <param name="Annealing">Annealed against one level.</param>
/// <param name="StepSizes">Too small and too large.</param>
/// <param name="Ends">Where VE and VP lead.</param>
/// <param name="Conversions">Score, ε, v and x₀.</param>
/// <param name="Likelihood">ln p.</param>
/// <param name="Far">Langevin between far modes.</param>
/// <param name="Motion">What the page sets in motion.</param>
internal sealed record NcsnData(
    NcsnSettings Settings,
    ulong Seed,
    TrainedModel Model,
    IReadOnlyList<LevelAgreement> Levels,
    IReadOnlyList<EmptyRegion> Empty,
    WeightStudy Weights,
    AnnealingStudy Annealing,
    StepSizeStudy StepSizes,
    EndPointStudy Ends,
    ConversionStudy Conversions,
    LikelihoodStudy Likelihood,
    FarModes Far,
    Motion Motion);
