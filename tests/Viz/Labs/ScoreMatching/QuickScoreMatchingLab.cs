using ScoreGpu.Viz.Labs.ScoreMatching;

namespace ScoreGpu.Tests.Viz.Labs.ScoreMatching;

/// <summary>The score-matching lab with little to do.</summary>
public sealed class QuickScoreMatchingLab() : QuickLab(new ScoreMatchingLab(Settings))
{
    internal static ScoreMatchingSettings Settings { get; } = new()
    {
        Hidden = 24,
        Layers = 2,
        BatchSize = 64,
        HyvarinenSteps = 60,
        DenoisingSteps = 120,
        SweptSigmas = [0.1, 0.5, 1.5],
        ComparisonPoints = 200,
        LossPoints = 500,
        FloorPoints = 2000,
        Chains = 90,
        LangevinSteps = 65,
        RecordEvery = 10,
        Reference = 150,
        Particles = 40,
        Dimensions = [1, 2, 4],
        TimedSteps = 2,
        Dpi = 40,
    };
}
