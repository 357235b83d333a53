namespace ScoreGpu.Viz.Labs.CompareSamplers;

/// <summary>How much the lab computes. The defaults are the lab; less is for quick tests.</summary>
internal sealed record CompareSamplersSettings
{
    /// <summary>Features of a hidden layer.</summary>
    public int Hidden { get; init; } = 64;

    /// <summary>Hidden layers.</summary>
    public int Layers { get; init; } = 3;

    /// <summary>Samples a training step.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>Training steps of each model.</summary>
    public int TrainingSteps { get; init; } = 4000;

    /// <summary>The learning rate of the first step; it falls to a hundredth along a cosine.</summary>
    public double LearningRate { get; init; } = 3e-3;

    /// <summary>Samples a run.</summary>
    public int Samples { get; init; } = 1500;

    /// <summary>Fresh points of the data that they are compared with.</summary>
    public int Reference { get; init; } = 3000;

    /// <summary>Directions of the sliced Wasserstein distance.</summary>
    public int Directions { get; init; } = 32;

    /// <summary>The network evaluations that samplers are given, where they can be counted beforehand.</summary>
    public IReadOnlyList<int> Budgets { get; init; } = [5, 10, 20, 40, 80, 160];

    /// <summary>How many times as many Langevin samplers are given, which take a step a level or stay at one.</summary>
    public int LangevinFactor { get; init; } = 8;

    /// <summary>The tolerances that the adaptive solver is given.</summary>
    public IReadOnlyList<double> Tolerances { get; init; } = [1e-1, 1e-2, 1e-3, 1e-4];

    /// <summary>Pixels an inch of the PNG figures.</summary>
    public double Dpi { get; init; } = 120;
}
