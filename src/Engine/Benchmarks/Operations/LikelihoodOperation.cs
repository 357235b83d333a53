using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Likelihoods;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;
using ScoreGpu.Engine.Verification;
using ScoreGpu.Engine.Verification.Reference;

namespace ScoreGpu.Engine.Benchmarks.Operations;

/// <summary>ln p of points by the probability flow, the trace exactly or by a probe.</summary>
internal sealed class LikelihoodOperation : BenchmarkOperation
{
    private const int Steps = 20;
    private const ulong Seed = 1;

    private static readonly DdpmSchedule Schedule = new(100);

    private static readonly LikelihoodProgram Program = LikelihoodProgram.Create(
        new SamplerModel(Schedule, Prediction.Epsilon),
        TimeGrid.Create(Schedule, TimeSpacing.Quadratic, Steps, endsAtData: false).Reversed(),
        FlowMethod.Euler);

    private readonly TraceEstimator _estimator;

    private LikelihoodOperation(string name, TraceEstimator estimator)
        : base(name, "likelihood", "steps", CostOf(estimator)) => _estimator = estimator;

    /// <summary>With D tangents.</summary>
    public static LikelihoodOperation Exact { get; } = new("likelihood-exact", TraceEstimator.Exact);

    /// <summary>With one Rademacher probe.</summary>
    public static LikelihoodOperation Hutchinson { get; } = new("likelihood-hutchinson", new TraceEstimator(1));

    /// <inheritdoc/>
    public override double Items(BenchmarkShape shape) => (double)shape.Batch * Program.Steps.Nfe;

    /// <inheritdoc/>
    public override PreparedOperation Prepare(IDevice device, BenchmarkShape shape, BenchmarkInputs inputs)
    {
        IDeviceNetwork network = device.Load(NetworkOf(shape.Width));
        TraceRequest request = RequestOf(inputs.Uniform(shape.Batch * BenchmarkNetwork.Dimension));
        return new PreparedOperation(() => FlowLikelihood.Run(Program, network, request), network);
    }

    /// <inheritdoc/>
    public override void Verify(IDevice device, BenchmarkShape shape, VerificationTable table)
    {
        Network weights = NetworkOf(shape.Width);
        float[] points = new BenchmarkInputs().Uniform(shape.Batch * BenchmarkNetwork.Dimension);
        using IDeviceNetwork network = device.Load(weights);
        LogLikelihoods actual = FlowLikelihood.Run(Program, network, RequestOf(points));
        LogLikelihoods expected = Reference(new ReferenceNetwork(weights), points);
        table.Add(Name, actual.Values, expected.Values, Tolerances.Drawn);
    }

    /// <summary>The network at a width.</summary>
    internal static Network NetworkOf(int width) => BenchmarkNetwork.Create(width, ConditioningOf(width));

    /// <summary>ln p in float64.</summary>
    internal LogLikelihoods Reference(ReferenceNetwork network, float[] points) => HostLikelihood.Run(
        Program,
        new PlainNetwork(network),
        new HostRequest
        {
            Count = points.Length / BenchmarkNetwork.Dimension,
            Start = Array.ConvertAll(points, value => (double)value),
            Seed = Seed,
        },
        _estimator);

    private static LearnedEmbedding ConditioningOf(int width) => new(Schedule.Steps, width);

    private static OperationCost CostOf(TraceEstimator estimator)
    {
        int columns = 1 + (estimator.IsExact ? BenchmarkNetwork.Dimension : estimator.Probes);
        return new OperationCost(
            $"{2 * columns}*N*S*P + 2*S*E",
            shape => 2.0 * Program.Steps.Nfe
                * ((columns * shape.Batch * BenchmarkNetwork.Products(shape.Width))
                    + BenchmarkNetwork.LevelProducts(shape.Width, ConditioningOf(shape.Width))),
            "24*N + 4*W",
            shape => (24.0 * shape.Batch)
                + (4.0 * BenchmarkNetwork.Weights(shape.Width, ConditioningOf(shape.Width))));
    }

    private TraceRequest RequestOf(float[] points) => new() { Points = points, Estimator = _estimator, Seed = Seed };
}
