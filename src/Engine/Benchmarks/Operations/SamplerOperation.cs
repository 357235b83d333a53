using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;
using ScoreGpu.Engine.Verification;
using ScoreGpu.Engine.Verification.Reference;

namespace ScoreGpu.Engine.Benchmarks.Operations;

/// <summary>A whole sampling program, noise and start drawn on the device.</summary>
internal sealed class SamplerOperation : BenchmarkOperation
{
    private const ulong Seed = 1;

    private SamplerOperation(SamplerInfo sampler, SamplerSubject subject)
        : base(sampler.Name, "sampling", "steps", CostOf(subject))
    {
        Subject = subject;
    }

    /// <summary>Every sampler that is a table of rows.</summary>
    public static IReadOnlyList<SamplerOperation> All { get; } =
    [
        .. SamplerCatalog.All.Where(sampler => sampler.IsTable)
            .Select(sampler => new SamplerOperation(sampler, SamplerSubject.Of(sampler))),
    ];

    /// <summary>As few of <see cref="All"/> as show every kind of row: those with most kinds that are new first.</summary>
    public static IReadOnlyList<SamplerOperation> OneOfEachRow()
    {
        List<SamplerOperation> chosen = [];
        HashSet<string> left = [.. All.SelectMany(operation => operation.Subject.RowKinds())];
        while (left.Count > 0)
        {
            SamplerOperation next = All.MaxBy(operation => operation.Subject.RowKinds().Count(left.Contains))!;
            chosen.Add(next);
            left.ExceptWith(next.Subject.RowKinds());
        }

        return chosen;
    }

    /// <summary>The program and its network.</summary>
    public SamplerSubject Subject { get; }

    /// <inheritdoc/>
    public override double Items(BenchmarkShape shape) => (double)shape.Batch * Subject.Program.Nfe;

    /// <inheritdoc/>
    public override PreparedOperation Prepare(IDevice device, BenchmarkShape shape, BenchmarkInputs inputs)
    {
        IDeviceNetwork network = device.Load(NetworkOf(shape.Width));
        var request = new SampleRequest { Count = shape.Batch, Seed = Seed };
        return new PreparedOperation(() => network.Sample(Subject.Program, request), network);
    }

    /// <inheritdoc/>
    public override void Verify(IDevice device, BenchmarkShape shape, VerificationTable table)
    {
        Network weights = NetworkOf(shape.Width);
        using IDeviceNetwork network = device.Load(weights);
        float[] points = network.Sample(Subject.Program, new SampleRequest { Count = shape.Batch, Seed = Seed }).Points;
        table.Add(Name, points, Reference(new ReferenceNetwork(weights), shape.Batch), Tolerances.Drawn);
    }

    /// <summary>The network at a width.</summary>
    internal Network NetworkOf(int width) => BenchmarkNetwork.Create(width, Subject.Conditioning(width));

    /// <summary>The samples in float64.</summary>
    internal double[] Reference(ReferenceNetwork network, int count) => HostProgram.Run(
        Subject.Program, new PlainNetwork(network), new HostRequest { Count = count, Seed = Seed }).Points;

    private static OperationCost CostOf(SamplerSubject subject)
    {
        int rows = subject.Program.Nfe;
        return new OperationCost(
            subject.Conditioning(1) is NoConditioning ? "2*N*S*P" : "2*N*S*P + 2*S*E",
            shape =>
            {
                var told = subject.Conditioning(shape.Width);
                double level = told is NoConditioning ? 0 : BenchmarkNetwork.LevelProducts(shape.Width, told);
                return 2.0 * rows * ((shape.Batch * BenchmarkNetwork.Products(shape.Width)) + level);
            },
            "8*N + 4*W",
            shape => (8.0 * shape.Batch)
                + (4.0 * BenchmarkNetwork.Weights(shape.Width, subject.Conditioning(shape.Width))));
    }
}
