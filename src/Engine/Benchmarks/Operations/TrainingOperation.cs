using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Training;
using ScoreGpu.Engine.Verification;
using ScoreGpu.Engine.Verification.Reference;

namespace ScoreGpu.Engine.Benchmarks.Operations;

/// <summary>A step of training: a batch drawn on the device, the loss, its gradient, and Adam.</summary>
internal sealed class TrainingOperation : BenchmarkOperation
{
    private const int VerifiedSteps = 2;
    private const int Levels = 100;
    private const int GivenBatch = 1;

    private static readonly MixtureData Data = (MixtureData)TrainingData.Parse("four-gaussians");
    private static readonly NoConditioning Plain = new();

    private readonly Func<int, TimeConditioning> _conditioning;
    private readonly Objective _objective;
    private readonly bool _isGradientAlone;

    private TrainingOperation(
        string name,
        Objective objective,
        Func<int, TimeConditioning> conditioning,
        int tangents,
        bool isGradientAlone,
        OperationCost cost)
        : base(name, isGradientAlone ? "network" : "training", "samples", cost)
    {
        (_objective, _conditioning, _isGradientAlone) = (objective, conditioning, isGradientAlone);
        Tangents = tangents;
    }

    /// <summary>The backward pass to the weights: the loss of a given batch and its gradient, without a step.</summary>
    public static TrainingOperation Gradient { get; } =
        Create("gradient", Objectives.DenoisingScore(0.5), _ => Plain, isGradientAlone: true);

    /// <summary>A step of each objective, with the conditioning that goes with it.</summary>
    public static IReadOnlyList<TrainingOperation> Steps { get; } =
    [
        Create(
            "train-epsilon",
            Objectives.Epsilon(new DdpmSchedule(Levels), BenchmarkNetwork.Dimension),
            width => new LearnedEmbedding(Levels, width)),
        Create("train-velocity", Velocity(), _ => new SinusoidalEmbedding(32, 32, 1000, TimeInput.Time)),
        Create(
            "train-ncsn",
            Objectives.NoiseConditionalScore(new GeometricNoiseLevels().Sigmas, BenchmarkNetwork.Dimension),
            _ => new LogSigmaEmbedding(32)),
        Create("train-dsm", Objectives.DenoisingScore(0.5), _ => Plain),
        Create("train-esm", Objectives.ExplicitScore, _ => Plain),
        Create("train-hyvarinen", new HyvarinenObjective(), _ => Plain, BenchmarkNetwork.Dimension),
        Create("train-sliced", new SlicedObjective(), _ => Plain, 1),
    ];

    /// <summary>Tangents carried with each sample.</summary>
    public int Tangents { get; }

    /// <summary>What is minimised.</summary>
    public Objective Objective => _objective;

    private bool TakesBatch => _isGradientAlone || _objective is DenoisingObjective { HasGivenTargets: true };

    /// <summary>The network at a width.</summary>
    public Network NetworkOf(int width) => BenchmarkNetwork.Create(width, _conditioning(width));

    /// <inheritdoc/>
    public override double Items(BenchmarkShape shape) => shape.Batch;

    /// <inheritdoc/>
    public override PreparedOperation Prepare(IDevice device, BenchmarkShape shape, BenchmarkInputs inputs)
    {
        Network network = NetworkOf(shape.Width);
        ITrainer trainer = device.Train(network, _objective, Data, OptionsOf(shape.Batch));
        if (!TakesBatch)
        {
            return new PreparedOperation(() => trainer.Step(), trainer);
        }

        int length = shape.Batch * BenchmarkNetwork.Dimension;
        var batch = new TrainingBatch(inputs.Uniform(length), inputs.Uniform(length, GivenBatch), []);
        float[] gradient = new float[network.Values.Length];
        return new PreparedOperation(
            _isGradientAlone ? () => trainer.Gradient(batch, gradient) : () => trainer.Step(batch), trainer);
    }

    /// <inheritdoc/>
    public override void Verify(IDevice device, BenchmarkShape shape, VerificationTable table)
    {
        Network weights = NetworkOf(shape.Width);
        var options = OptionsOf(shape.Batch);
        using ITrainer trainer = device.Train(weights, _objective, Data, options);
        var reference = new ReferenceNetwork(weights);
        var adam = new ReferenceAdam(reference.Values, options);
        for (uint step = 0; step < (_isGradientAlone ? 1 : VerifiedSteps); step++)
        {
            var batch = ReferenceBatch.Of(Data, _objective, options, step);
            double[] gradient = new double[weights.Values.Length];
            double loss = ReferenceObjective.Evaluate(reference, _objective, batch, gradient);
            if (_isGradientAlone)
            {
                float[] actual = new float[gradient.Length];
                table.Add($"{Name}: loss", [trainer.Gradient(batch, actual)], [loss], Tolerances.Training);
                table.Add(Name, actual, gradient, Tolerances.Gradient);
                return;
            }

            table.Add(
                $"{Name}: loss {step}", [TakesBatch ? trainer.Step(batch) : trainer.Step()], [loss], Tolerances.Drawn);
            adam.Step(reference.Values, gradient);
        }

        trainer.CopyTo(weights);
        table.Add($"{Name}: weights", weights.Values, reference.Values, Tolerances.Drawn);
    }

    private static TrainingOptions OptionsOf(int batch) =>
        new() { BatchSize = batch, LearningRate = 1e-4, Epsilon = 1e-4, Seed = 1 };

    private static DenoisingObjective Velocity()
    {
        var process = new FlowProcess();
        return Objectives.Regression(
            "velocity",
            process,
            new UniformTime(process.TimeRange).Midpoints(Levels),
            t => process.FormOf(Prediction.Velocity, t),
            LossWeight.Prediction,
            t => t,
            BenchmarkNetwork.Dimension);
    }

    private static TrainingOperation Create(
        string name,
        Objective objective,
        Func<int, TimeConditioning> conditioning,
        int tangents = 0,
        bool isGradientAlone = false)
    {
        int levels = objective is DenoisingObjective denoising ? denoising.Levels.Count : 0;
        bool takesBatch = isGradientAlone || objective is DenoisingObjective { HasGivenTargets: true };
        string each = tangents == 0 ? "" : $"{1 + tangents}*";
        string level = levels > 1 ? " + T*(6*E - 2*G)" : "";
        string given = takesBatch ? "16*N + " : "";
        return new TrainingOperation(
            name,
            objective,
            conditioning,
            tangents,
            isGradientAlone,
            new OperationCost(
                $"{each}N*(6*P - 2*F){level}",
                shape =>
                {
                    var told = conditioning(shape.Width);
                    double trunk = (6.0 * BenchmarkNetwork.Products(shape.Width))
                        - (2.0 * BenchmarkNetwork.FirstProduct(shape.Width));
                    double tower = told is NoConditioning
                        ? 0
                        : (6.0 * BenchmarkNetwork.LevelProducts(shape.Width, told))
                            - (2.0 * BenchmarkNetwork.FirstLevelProduct(told));
                    return ((1.0 + tangents) * shape.Batch * trunk) + (levels * tower);
                },
                given + (isGradientAlone ? "8*W" : "24*W"),
                shape => (takesBatch ? 16.0 * shape.Batch : 0.0)
                    + ((isGradientAlone ? 8.0 : 24.0) * BenchmarkNetwork.Weights(shape.Width, conditioning(shape.Width)))));
    }
}
