namespace ScoreGpu.Viz.Labs.FlowMatching;

/// <summary>How much the lab computes. The defaults are the lab; less is for quick tests.</summary>
internal sealed record FlowMatchingSettings
{
    /// <summary>Features of a hidden layer.</summary>
    public int Hidden { get; init; } = 64;

    /// <summary>Hidden layers.</summary>
    public int Layers { get; init; } = 3;

    /// <summary>Samples a training step.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>Steps of every model.</summary>
    public int TrainingSteps { get; init; } = 5000;

    /// <summary>The learning rate of the first step; it falls to a hundredth along a cosine.</summary>
    public double LearningRate { get; init; } = 2e-3;

    /// <summary>How often each model is trained, from other weights on other draws.</summary>
    public int Repeats { get; init; } = 3;

    /// <summary>Pairs (x₀, ε) whose conditional paths are measured.</summary>
    public int ConditionalPairs { get; init; } = 2000;

    /// <summary>Exact paths of the ODE.</summary>
    public int ExactPaths { get; init; } = 2000;

    /// <summary>Steps of the Runge–Kutta method of order 4 along them.</summary>
    public int ExactSteps { get; init; } = 200;

    /// <summary>Euler steps that are compared.</summary>
    public IReadOnlyList<int> EulerSteps { get; init; } = [1, 2, 5, 10, 50];

    /// <summary>Network evaluations at which models are compared.</summary>
    public IReadOnlyList<int> Budgets { get; init; } = [1, 2, 5, 10, 20, 50, 100];

    /// <summary>Samples of each set whose quality is measured, and points that they are compared with.</summary>
    public int QualitySamples { get; init; } = 3000;

    /// <summary>Directions of the sliced Wasserstein distance.</summary>
    public int Directions { get; init; } = 50;

    /// <summary>Noisy points for each noise level at which networks are compared with what is exact.</summary>
    public int ErrorPoints { get; init; } = 2000;

    /// <summary>Points for each time at which conversions are checked.</summary>
    public int ConversionPoints { get; init; } = 1000;

    /// <summary>Rounds of rectified flow.</summary>
    public int Rounds { get; init; } = 2;

    /// <summary>Pairs that each round makes.</summary>
    public int ReflowPairs { get; init; } = 20_000;

    /// <summary>Euler steps that lead from noise to data in each pair.</summary>
    public int ReflowSolverSteps { get; init; } = 50;

    /// <summary>Optimiser steps a round.</summary>
    public int ReflowTraining { get; init; } = 3000;

    /// <summary>Particles of the moving figures.</summary>
    public int Particles { get; init; } = 700;

    /// <summary>Pixels an inch of the PNG figures.</summary>
    public double Dpi { get; init; } = 120;
}
