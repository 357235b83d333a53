using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Training;
using ScoreGpu.Kernels;

namespace ScoreGpu.Engine.Devices;

/// <summary>What training is on every device: the checks, the order of a step, and Adam's coefficients.</summary>
internal abstract class DeviceTrainer : ITrainer
{
    private double _learningRate;

    /// <summary>Checks the arguments.</summary>
    protected DeviceTrainer(Network network, Objective objective, TrainingData data, TrainingOptions options)
    {
        Architecture = network.Architecture;
        TrainingChecks.Require(Architecture, objective, data, options);
        Objective = objective;
        Options = options;
        WeightCount = network.Values.Length;
        _learningRate = options.LearningRate;
        Levels = objective is DenoisingObjective denoising ? denoising.Levels : [];
        Tangents = objective switch
        {
            HyvarinenObjective => Architecture.Dimension,
            SlicedObjective => 1,
            _ => 0,
        };
    }

    /// <inheritdoc/>
    public int StepsDone { get; private set; }

    /// <inheritdoc/>
    public double LearningRate
    {
        get => _learningRate;
        set
        {
            TrainingOptions.RequireLearningRate(value);
            _learningRate = value;
        }
    }

    /// <summary>The network's shape.</summary>
    protected NetworkArchitecture Architecture { get; }

    /// <summary>What to minimise.</summary>
    protected Objective Objective { get; }

    /// <summary>The hyper-parameters.</summary>
    protected TrainingOptions Options { get; }

    /// <summary>The noise levels; none for the objectives with a trace.</summary>
    protected IReadOnlyList<NoiseLevel> Levels { get; }

    /// <summary>Tangents carried with each sample.</summary>
    protected int Tangents { get; }

    /// <summary>Weights of the network.</summary>
    protected int WeightCount { get; }

    /// <inheritdoc/>
    public double Step() =>
        Objective is DenoisingObjective { HasGivenTargets: true }
            ? throw InputException.For("batch", null, $"one with the targets of the objective {Objective.Name}")
            : Advance(null, Options.BatchSize);

    /// <inheritdoc/>
    public double Step(TrainingBatch batch) => Advance(batch, CheckBatch(batch));

    /// <inheritdoc/>
    public double Gradient(TrainingBatch batch, Span<float> gradient)
    {
        BatchChecks.RequireLength("gradient", gradient.Length, WeightCount);
        double loss = ComputeGradient(batch, CheckBatch(batch));
        ReadGradient(gradient);
        return loss;
    }

    /// <inheritdoc/>
    public double Loss(TrainingBatch batch) => ComputeGradient(batch, CheckBatch(batch));

    /// <inheritdoc/>
    public abstract void CopyTo(Network network);

    /// <inheritdoc/>
    public abstract bool TryCopyAverageTo(Network network);

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Leaves the gradient of the loss on the device and returns the loss.</summary>
    /// <param name="batch">The batch; null draws the one of <see cref="StepsDone"/>.</param>
    /// <param name="batchSize">Its samples.</param>
    protected abstract double ComputeGradient(TrainingBatch? batch, int batchSize);

    /// <summary>Copies the gradient to the host.</summary>
    protected abstract void ReadGradient(Span<float> gradient);

    /// <summary>Changes the weights by the gradient, and their average where one is kept.</summary>
    /// <param name="rates">Adam's coefficients.</param>
    /// <param name="averageShare">The new weights' share of the average.</param>
    protected abstract void Update(in AdamRates rates, float averageShare);

    private double Advance(TrainingBatch? batch, int batchSize)
    {
        double loss = ComputeGradient(batch, batchSize);
        StepsDone++;
        Update(Rates(), AverageShare());
        return loss;
    }

    private AdamRates Rates()
    {
        double correction1 = 1 - Math.Pow(Options.Beta1, StepsDone);
        double correction2 = 1 - Math.Pow(Options.Beta2, StepsDone);
        return new AdamRates(
            (float)Options.Beta1,
            (float)Options.Beta2,
            (float)(1 - Options.Beta1),
            (float)(1 - Options.Beta2),
            (float)(_learningRate / correction1),
            (float)(1 / Math.Sqrt(correction2)),
            (float)Options.Epsilon,
            (float)(_learningRate * Options.WeightDecay),
            (float)Options.ClipNorm,
            double.IsInfinity(Options.ClipNorm) ? 0 : 1);
    }

    private float AverageShare() =>
        Options.Average is { } average ? (float)(1 - average.DecayAt(StepsDone)) : 0f;

    private int CheckBatch(TrainingBatch batch)
    {
        int count = BatchChecks.CountPoints("clean", batch.Clean.Length, Architecture.Dimension);
        TrainingChecks.RequireBatch(Objective, batch, count);
        return count;
    }
}
