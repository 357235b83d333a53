using ScoreGpu.Viz.Labs.Ncsn;

namespace ScoreGpu.Tests.Viz.Labs.Ncsn;

/// <summary>The ncsn lab with little to do.</summary>
public sealed class QuickNcsnLab() : QuickLab(new NcsnLab(Settings))
{
    internal static NcsnSettings Settings { get; } = new()
    {
        Hidden = 24,
        Layers = 2,
        BatchSize = 128,
        Training = 900,
        WeightTraining = 60,
        Average = 0.99,
        ComparisonPoints = 256,
        Samples = 160,
        StepsPerLevel = 20,
        StepSizeSamples = 40,
        EndPoints = 300,
        ConvertedPoints = 100,
        LikelihoodPoints = 20,
        DensityNodes = 9,
        Chains = 4,
        ChainSteps = 400,
        Particles = 20,
        Arrows = 6,
        Dpi = 40,
    };
}
