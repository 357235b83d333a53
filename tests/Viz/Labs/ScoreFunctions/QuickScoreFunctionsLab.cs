using ScoreGpu.Viz.Labs.ScoreFunctions;

namespace ScoreGpu.Tests.Viz.Labs.ScoreFunctions;

/// <summary>The score-function lab with little to do.</summary>
public sealed class QuickScoreFunctionsLab() : QuickLab(new ScoreFunctionsLab(Settings))
{
    internal static ScoreFunctionsSettings Settings { get; } = new()
    {
        Hidden = 32,
        Layers = 2,
        BatchSize = 128,
        ShortTraining = 30,
        LongTraining = 200,
        RemedyTraining = 100,
        ComparisonPoints = 256,
        CurvePoints = 64,
        Crowd = 1500,
        RunsFromOneStart = 60,
        MovingParticles = 50,
        QualitySamples = 1000,
        Dpi = 40,
    };
}
