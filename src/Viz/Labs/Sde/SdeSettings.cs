namespace ScoreGpu.Viz.Labs.Sde;

/// <summary>How much the lab computes. The defaults are the lab; less is for quick tests.</summary>
internal sealed record SdeSettings
{
    /// <summary>σ at t = 1 of the VE process: beyond the largest distance between two points of the data.</summary>
    public double VeSigmaMax { get; init; } = 10;

    /// <summary>Points for the score's moments at each time.</summary>
    public int MomentPoints { get; init; } = 50_000;

    /// <summary>Pairs of clean and noisy data for Tweedie's formula at each time.</summary>
    public int TweediePairs { get; init; } = 100_000;

    /// <summary>Paths of each forward process whose variance is measured.</summary>
    public int ForwardPaths { get; init; } = 4000;

    /// <summary>Euler–Maruyama steps of those paths.</summary>
    public int ForwardSteps { get; init; } = 1000;

    /// <summary>Steps T of the DDPM chains that approach VP.</summary>
    public IReadOnlyList<int> LimitSteps { get; init; } = [25, 50, 100, 200, 400, 800];

    /// <summary>Chains of each.</summary>
    public int LimitChains { get; init; } = 400;

    /// <summary>Particles that the reverse SDE and the flow carry.</summary>
    public int Particles { get; init; } = 2000;

    /// <summary>Frames of their way.</summary>
    public int Frames { get; init; } = 60;

    /// <summary>Euler–Maruyama steps from one frame to the next.</summary>
    public int StepsAFrame { get; init; } = 10;

    /// <summary>Particles that the page plays.</summary>
    public int PlayedParticles { get; init; } = 1000;

    /// <summary>Steps of the reverse VE process.</summary>
    public int VariantSteps { get; init; } = 1000;

    /// <summary>Spacings of the grids on which Fokker–Planck equations are checked, falling by halves.</summary>
    public IReadOnlyList<double> Spacings { get; init; } = [0.2, 0.1, 0.05, 0.025];

    /// <summary>Features of the network's hidden layers.</summary>
    public int Hidden { get; init; } = 64;

    /// <summary>Hidden layers.</summary>
    public int Layers { get; init; } = 3;

    /// <summary>Samples a training step.</summary>
    public int BatchSize { get; init; } = 512;

    /// <summary>Training steps.</summary>
    public int TrainingSteps { get; init; } = 8000;

    /// <summary>The learning rate of the first step; it falls to a hundredth along half a cosine.</summary>
    public double LearningRate { get; init; } = 3e-3;

    /// <summary>Evaluations at which the solvers' orders are measured.</summary>
    public IReadOnlyList<int> OrderBudgets { get; init; } = [8, 16, 32, 64, 128, 256, 512, 1024];

    /// <summary>Starts from which the solvers' errors are measured.</summary>
    public int OrderStarts { get; init; } = 256;

    /// <summary>Evaluations at which samples are compared.</summary>
    public IReadOnlyList<int> QualityBudgets { get; init; } = [6, 9, 12, 18, 24, 36, 48, 96, 192];

    /// <summary>Samples of each run.</summary>
    public int QualitySamples { get; init; } = 2000;

    /// <summary>Fresh points of the data that they are compared with.</summary>
    public int Reference { get; init; } = 4000;

    /// <summary>Predictor steps where correctors are compared.</summary>
    public int CorrectorSteps { get; init; } = 100;

    /// <summary>Points whose density is compared with the exact score.</summary>
    public int ExactPoints { get; init; } = 128;

    /// <summary>Fresh points of the data whose density the network is asked for.</summary>
    public int LikelihoodPoints { get; init; } = 1000;

    /// <summary>Steps of the classical Runge–Kutta method along each.</summary>
    public int LikelihoodSteps { get; init; } = 100;

    /// <summary>Nodes a side of the map of ln p.</summary>
    public int MapNodes { get; init; } = 61;

    /// <summary>Points for which traces are estimated.</summary>
    public int TracePoints { get; init; } = 96;

    /// <summary>Probes of each estimate.</summary>
    public IReadOnlyList<int> Probes { get; init; } = [2, 4, 8, 16, 32, 64];

    /// <summary>Pixels an inch of the PNG figures.</summary>
    public double Dpi { get; init; } = 120;
}
