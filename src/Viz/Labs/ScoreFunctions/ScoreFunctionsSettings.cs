namespace ScoreGpu.Viz.Labs.ScoreFunctions;

/// <summary>How much the lab computes. The defaults are the lab; less is for quick tests.</summary>
internal sealed record ScoreFunctionsSettings
{
    /// <summary>T.</summary>
    public int DiffusionSteps { get; init; } = 100;

    /// <summary>β at the first step.</summary>
    public double BetaStart { get; init; } = 1e-4;

    /// <summary>β at the last step.</summary>
    public double BetaEnd { get; init; } = 0.02;

    /// <summary>β at the last step of the schedule that does reach pure noise.</summary>
    public double LongBetaEnd { get; init; } = 0.2;

    /// <summary>Features of a hidden layer.</summary>
    public int Hidden { get; init; } = 128;

    /// <summary>Hidden layers.</summary>
    public int Layers { get; init; } = 3;

    /// <summary>Samples a training step.</summary>
    public int BatchSize { get; init; } = 512;

    /// <summary>Steps of the first model.</summary>
    public int ShortTraining { get; init; } = 300;

    /// <summary>Its learning rate, constant.</summary>
    public double ShortRate { get; init; } = 3e-4;

    /// <summary>Steps of the second model.</summary>
    public int LongTraining { get; init; } = 20_000;

    /// <summary>Its learning rate at the first step.</summary>
    public double LongRate { get; init; } = 2e-3;

    /// <summary>Its learning rate at the end of the cosine.</summary>
    public double LongFinalRate { get; init; } = 1e-5;

    /// <summary>Steps of the model on the longer schedule.</summary>
    public int RemedyTraining { get; init; } = 4_000;

    /// <summary>Points for a mean cosine.</summary>
    public int ComparisonPoints { get; init; } = 4096;

    /// <summary>Points for each place of a curve over all t.</summary>
    public int CurvePoints { get; init; } = 1024;

    /// <summary>Points shown in a panel.</summary>
    public int PlottedPoints { get; init; } = 200;

    /// <summary>The steps t at which fields are compared.</summary>
    public IReadOnlyList<int> ComparedSteps { get; init; } = [10, 30, 60, 90];

    /// <summary>Trajectories drawn one by one.</summary>
    public int SingleTrajectories { get; init; } = 8;

    /// <summary>Trajectories drawn as a density.</summary>
    public int Crowd { get; init; } = 100_000;

    /// <summary>Runs of the SDE from each single start.</summary>
    public int RunsFromOneStart { get; init; } = 1000;

    /// <summary>Every k-th state of a trajectory is kept.</summary>
    public int RecordEvery { get; init; } = 5;

    /// <summary>Particles that a reader sets in motion.</summary>
    public int MovingParticles { get; init; } = 1500;

    /// <summary>Every k-th state of theirs is shown.</summary>
    public int MovingEvery { get; init; } = 2;

    /// <summary>Samples of each set whose quality is measured.</summary>
    public int QualitySamples { get; init; } = 16_000;

    /// <summary>Pixels an inch of the PNG figures.</summary>
    public double Dpi { get; init; } = 120;
}
