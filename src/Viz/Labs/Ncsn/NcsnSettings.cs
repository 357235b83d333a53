namespace ScoreGpu.Viz.Labs.Ncsn;

/// <summary>How much the lab computes. The defaults are the lab; less is for quick tests.</summary>
internal sealed record NcsnSettings
{
    /// <summary>Features of a hidden layer.</summary>
    public int Hidden { get; init; } = 64;

    /// <summary>Hidden layers.</summary>
    public int Layers { get; init; } = 4;

    /// <summary>Features of the embedding of ln σ.</summary>
    public int Embedding { get; init; } = 32;

    /// <summary>Samples a training step.</summary>
    public int BatchSize { get; init; } = 512;

    /// <summary>Steps of the model that everything below samples.</summary>
    public int Training { get; init; } = 32_000;

    /// <summary>Its learning rate at the first step.</summary>
    public double Rate { get; init; } = 5e-3;

    /// <summary>Its learning rate at the end of the cosine.</summary>
    public double FinalRate { get; init; } = 1e-5;

    /// <summary>The decay of the weights' moving average.</summary>
    public double Average { get; init; } = 0.9998;

    /// <summary>The largest norm of the gradient.</summary>
    public double ClipNorm { get; init; } = 1.0;

    /// <summary>Steps of each of the two models that differ by the weight alone.</summary>
    public int WeightTraining { get; init; } = 4_000;

    /// <summary>The text's training: epochs × ⌊60,000 / 512⌋ batches.</summary>
    public int FullTraining { get; init; } = 600 * (60_000 / 512);

    /// <summary>The text's hidden layers.</summary>
    public const int FullLayers = 3;

    /// <summary>The text's width.</summary>
    public int FullHidden { get; init; } = 256;

    /// <summary>The text's learning rate.</summary>
    public double FullRate { get; init; } = 1e-3;

    /// <summary>Points at which scores are compared, for each level.</summary>
    public int ComparisonPoints { get; init; } = 8192;

    /// <summary>Samples of each run of Langevin dynamics.</summary>
    public int Samples { get; init; } = 4000;

    /// <summary>Langevin steps a level.</summary>
    public int StepsPerLevel { get; init; } = 100;

    /// <summary>Samples of each step size.</summary>
    public int StepSizeSamples { get; init; } = 800;

    /// <summary>The points of the end-point experiment.</summary>
    public int EndPoints { get; init; } = 2000;

    /// <summary>Points whose predictions are converted.</summary>
    public int ConvertedPoints { get; init; } = 2000;

    /// <summary>Points whose likelihood is worked out.</summary>
    public int LikelihoodPoints { get; init; } = 400;

    /// <summary>Nodes of the density map, each way.</summary>
    public int DensityNodes { get; init; } = 61;

    /// <summary>Chains between two far modes.</summary>
    public int Chains { get; init; } = 64;

    /// <summary>Steps of each.</summary>
    public int ChainSteps { get; init; } = 20_000;

    /// <summary>Particles that the page sets in motion.</summary>
    public int Particles { get; init; } = 800;

    /// <summary>Arrows a side of the field that the page shows at every level.</summary>
    public int Arrows { get; init; } = 22;

    /// <summary>Pixels an inch of the PNG figures.</summary>
    public double Dpi { get; init; } = 120;
}
