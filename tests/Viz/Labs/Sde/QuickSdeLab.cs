using ScoreGpu.Viz.Labs.Sde;

namespace ScoreGpu.Tests.Viz.Labs.Sde;

/// <summary>The SDE lab with little to do.</summary>
public sealed class QuickSdeLab() : QuickLab(new SdeLab(Settings))
{
    internal static SdeSettings Settings { get; } = new()
    {
        MomentPoints = 500,
        TweediePairs = 8000,
        ForwardPaths = 60,
        ForwardSteps = 50,
        LimitSteps = [25, 50],
        LimitChains = 20,
        Particles = 120,
        Frames = 10,
        StepsAFrame = 4,
        PlayedParticles = 50,
        VariantSteps = 60,
        Spacings = [0.2, 0.1],
        Hidden = 16,
        Layers = 2,
        BatchSize = 64,
        TrainingSteps = 60,
        OrderBudgets = [8, 16, 32],
        OrderStarts = 10,
        QualityBudgets = [6, 12, 24],
        QualitySamples = 100,
        Reference = 150,
        CorrectorSteps = 8,
        ExactPoints = 8,
        LikelihoodPoints = 30,
        LikelihoodSteps = 10,
        MapNodes = 9,
        TracePoints = 10,
        Probes = [2, 4],
        Dpi = 40,
    };
}
