using ScoreGpu.Viz.Labs.CompareSamplers;

namespace ScoreGpu.Tests.Viz.Labs.CompareSamplers;

/// <summary>The compare-samplers lab with little to do.</summary>
public sealed class QuickCompareSamplersLab() : QuickLab(new CompareSamplersLab(Settings))
{
    internal static CompareSamplersSettings Settings { get; } = new()
    {
        Hidden = 16,
        Layers = 2,
        BatchSize = 64,
        TrainingSteps = 60,
        Samples = 60,
        Reference = 120,
        Directions = 4,
        Budgets = [5, 20],
        LangevinFactor = 4,
        Tolerances = [1e-1],
        Dpi = 40,
    };
}
