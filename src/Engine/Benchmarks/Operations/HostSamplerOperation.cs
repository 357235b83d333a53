using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;
using ScoreGpu.Engine.Verification;
using ScoreGpu.Engine.Verification.Reference;

namespace ScoreGpu.Engine.Benchmarks.Operations;

/// <summary>A sampler that is no table of rows: driven by the host, which has the device evaluate the network.</summary>
internal sealed class HostSamplerOperation : BenchmarkOperation
{
    private const int Proposals = 10;
    private const int EmbeddingWidth = 32;
    private const ulong Seed = 1;

    // A score at each point, and one at the middle of each proposal.
    private const int MalaEvaluations = 1 + (2 * Proposals);

    private readonly Func<IBatchNetwork, HostRequest, HostResult> _sample;
    private readonly TimeConditioning _conditioning;
    private readonly int _evaluations;

    private HostSamplerOperation(
        string name,
        TimeConditioning conditioning,
        int evaluations,
        OperationCost cost,
        Func<IBatchNetwork, HostRequest, HostResult> sample)
        : base(name, "sampling", "steps", cost) =>
        (_conditioning, _evaluations, _sample) = (conditioning, evaluations, sample);

    /// <summary>Every sampler that is no table of rows.</summary>
    public static IReadOnlyList<HostSamplerOperation> All { get; } = [Adaptive(), Mala()];

    /// <summary>Whether the number of evaluations depends on the run: cost and items are those of one a trajectory.</summary>
    public bool IsAdaptive => _evaluations == 1;

    /// <inheritdoc/>
    public override double Items(BenchmarkShape shape) => (double)shape.Batch * _evaluations;

    /// <inheritdoc/>
    public override PreparedOperation Prepare(IDevice device, BenchmarkShape shape, BenchmarkInputs inputs)
    {
        IDeviceNetwork network = device.Load(NetworkOf(shape.Width));
        var evaluated = new DeviceBatchNetwork(network);
        HostResult? last = null;
        Action run = () => last = _sample(evaluated, RequestOf(shape.Batch));
        return IsAdaptive
            ? new PreparedOperation(run, network, () => last!.MeanNfe)
            : new PreparedOperation(run, network);
    }

    /// <inheritdoc/>
    public override void Verify(IDevice device, BenchmarkShape shape, VerificationTable table)
    {
        Network weights = NetworkOf(shape.Width);
        using IDeviceNetwork network = device.Load(weights);
        HostResult actual = _sample(new DeviceBatchNetwork(network), RequestOf(shape.Batch));
        HostResult expected = Reference(new ReferenceNetwork(weights), shape.Batch);
        table.Add(Name, actual.Points, expected.Points, Tolerances.Drawn);
    }

    /// <summary>The network at a width.</summary>
    internal Network NetworkOf(int width) => BenchmarkNetwork.Create(width, _conditioning);

    /// <summary>The samples in float64.</summary>
    internal HostResult Reference(ReferenceNetwork network, int count) =>
        _sample(new PlainNetwork(network), RequestOf(count));

    private static HostRequest RequestOf(int count) => new() { Count = count, Seed = Seed };

    /// <summary>rk45: every evaluation has a time of its own for each trajectory, so that the embedding counts for each.
    /// </summary>
    private static HostSamplerOperation Adaptive()
    {
        var process = new VpProcess();
        var model = new SamplerModel(process, Prediction.Epsilon);
        TimeGrid grid = TimeGrid.Of(process, [process.SamplingRange.End, process.SamplingRange.Start]);
        FourierEmbedding told = FourierEmbedding.Draw(EmbeddingWidth, EmbeddingWidth, 1, TimeInput.Time, 4, 1);
        return new HostSamplerOperation(
            "rk45",
            told,
            1,
            new OperationCost(
                "2*N*S*(P + E)",
                shape => 2.0 * shape.Batch
                    * (BenchmarkNetwork.Products(shape.Width) + BenchmarkNetwork.LevelProducts(shape.Width, told)),
                "8*N + 4*W",
                shape => (8.0 * shape.Batch) + (4.0 * BenchmarkNetwork.Weights(shape.Width, told))),
            (network, request) => AdaptiveFlowSampler.Run(model, grid, network, request));
    }

    private static HostSamplerOperation Mala()
    {
        var model = new SamplerModel(new FixedNoiseProcess(0.5), Prediction.Score);
        var told = new NoConditioning();
        return new HostSamplerOperation(
            "mala",
            told,
            MalaEvaluations,
            new OperationCost(
                "2*N*S*P",
                shape => 2.0 * shape.Batch * MalaEvaluations * BenchmarkNetwork.Products(shape.Width),
                "8*N + 4*W",
                shape => (8.0 * shape.Batch) + (4.0 * BenchmarkNetwork.Weights(shape.Width, told))),
            (network, request) => MalaSampler.Run(
                model, 0, network, request, Proposals, LangevinSampler.UsualStepSize));
    }
}
