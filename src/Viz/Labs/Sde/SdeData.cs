using ScoreGpu.Viz.Labs.Quality;
using ScoreGpu.Viz.Labs.Training;

namespace ScoreGpu.Viz.Labs.Sde;

/// <summary>Everything that the lab computed; figures, page and results are made from it alone.</summary>
/// <param name="Settings">How much was computed.</param>
/// <param name="Seed">The key of every draw.</param>
/// <param name="Properties">What every score has.</param>
/// <param name="Forward">VP, VE and sub-VP.</param>
/// <param name="Limit">Exercise 3.</param>
/// <param name="Variants">Exercise 1.</param>
/// <param name="Reverse">Exercises 2 and 6, sampled.</param>
/// <param name="Equations">Exercise 6, on a grid.</param>
/// <param name="Model">The trained network.</param>
/// <param name="Orders">Exercise 5, the orders.</param>
/// <param name="Exact">Exercise 5, quality with the exact score.</param>
/// <param name="Trained">Exercise 5, quality with the network.</param>
/// <param name="Truth">What true samples show.</param>
/// <param name="Correctors">Exercise 5, the corrector's step.</param>
/// <param name="Likelihood">Exercise 4.</param>
/// <param name="Traces">Exercise 4, Hutchinson's estimator.</param>
internal sealed record SdeData(
    SdeSettings Settings,
    ulong Seed,
    ScoreProperties Properties,
    IReadOnlyList<ForwardStudy> Forward,
    DdpmLimit Limit,
    IReadOnlyList<ReverseVariant> Variants,
    ReverseStudy Reverse,
    FokkerPlanckStudy Equations,
    TrainedModel Model,
    SolverOrders Orders,
    SolverQuality Exact,
    SolverQuality Trained,
    SamplerScore Truth,
    CorrectorStudy Correctors,
    LikelihoodStudy Likelihood,
    TraceStudy Traces)
{
    /// <summary>A variant of the reverse SDE.</summary>
    public ReverseVariant Variant(string key) => Variants.First(variant => variant.Key == key);
}
