namespace ScoreGpu.Viz.Labs.ScoreMatching;

/// <summary>How much the lab computes. The defaults are the lab; less is for quick tests.</summary>
internal sealed record ScoreMatchingSettings
{
    /// <summary>Features of a hidden layer.</summary>
    public int Hidden { get; init; } = 128;

    /// <summary>Hidden layers.</summary>
    public int Layers { get; init; } = 3;

    /// <summary>Samples a training step.</summary>
    public int BatchSize { get; init; } = 256;

    /// <summary>Adam's learning rate, constant.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Steps of Hyvärinen's training.</summary>
    public int HyvarinenSteps { get; init; } = 500;

    /// <summary>Steps of denoising training, at every σ.</summary>
    public int DenoisingSteps { get; init; } = 2000;

    /// <summary>The noise of denoising training.</summary>
    public double Sigma { get; init; } = 0.5;

    /// <summary>The noises of the sweep, ascending; <see cref="Sigma"/> is one of them.</summary>
    public IReadOnlyList<double> SweptSigmas { get; init; } = [0.025, 0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1.0, 1.5, 2.5];

    /// <summary>Points for a mean over a field.</summary>
    public int ComparisonPoints { get; init; } = 4096;

    /// <summary>Points for the parts of Hyvärinen's loss.</summary>
    public int LossPoints { get; init; } = 40_000;

    /// <summary>Points for the loss of an exact score.</summary>
    public int FloorPoints { get; init; } = 400_000;

    /// <summary>Langevin chains a run.</summary>
    public int Chains { get; init; } = 2000;

    /// <summary>Steps of a chain.</summary>
    public int LangevinSteps { get; init; } = 1500;

    /// <summary>η in x′ = x + η·s + √(2η)·z.</summary>
    public double StepSize { get; init; } = 0.01;

    /// <summary>Every k-th state of a chain is kept.</summary>
    public int RecordEvery { get; init; } = 25;

    /// <summary>Fresh points that samples are compared with.</summary>
    public int Reference { get; init; } = 4000;

    /// <summary>Chains drawn one by one.</summary>
    public int DrawnChains { get; init; } = 8;

    /// <summary>Particles of the moving figure.</summary>
    public int Particles { get; init; } = 700;

    /// <summary>The dimensions in which steps are timed, ascending.</summary>
    public IReadOnlyList<int> Dimensions { get; init; } = [1, 2, 4, 8, 16, 32, 64];

    /// <summary>Steps timed for each objective and dimension.</summary>
    public int TimedSteps { get; init; } = 25;

    /// <summary>Pixels an inch of the PNG figures.</summary>
    public double Dpi { get; init; } = 120;
}
