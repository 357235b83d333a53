using ScoreGpu.Viz.Labs.Quality;

namespace ScoreGpu.Viz.Labs.CompareSamplers;

/// <summary>Everything that the lab found.</summary>
/// <param name="Settings">What it was asked for.</param>
/// <param name="Seed">The key of every draw.</param>
/// <param name="NullError">How far the energy distance scatters around 0 between true samples of these sizes.</param>
/// <param name="Truth">True samples, measured as a sampler's.</param>
/// <param name="Curves">Quality against evaluations.</param>
/// <param name="Finals">Each objective with each sampler at its usual number of steps.</param>
internal sealed record CompareSamplersData(
    CompareSamplersSettings Settings,
    ulong Seed,
    double NullError,
    SamplerScore Truth,
    IReadOnlyList<SamplerCurves> Curves,
    IReadOnlyList<(string Objective, SamplerScore Score)> Finals);

/// <summary>The samplers of one model, at several numbers of evaluations.</summary>
/// <param name="Objective">The model.</param>
/// <param name="IsExact">Whether the exact score stood in for a network.</param>
/// <param name="Scores">The runs.</param>
internal sealed record SamplerCurves(string Objective, bool IsExact, IReadOnlyList<SamplerScore> Scores);
