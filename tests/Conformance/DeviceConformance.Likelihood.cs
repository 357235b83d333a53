using System.Globalization;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Likelihoods;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Training;
using ScoreGpu.Engine.Verification.Reference;
using ScoreGpu.Tests.Reference;

namespace ScoreGpu.Tests.Conformance;

public abstract partial class DeviceConformance
{
    /// <summary>Batch, dimension, width, layers, process, method, and probes with their kind.</summary>
    public static TheoryData<string> Likelihoods =>
    [
        "1 1 7 2 edm heun exact",
        "63 2 32 3 edm rk4 exact",
        "64 3 16 2 ddpm euler exact",
        "65 17 20 2 ddpm heun exact",
        "257 2 65 1 plain heun exact",
        "1 2 7 1 plain euler gaussian:1",
        "63 3 32 2 edm heun rademacher:2",
        "65 2 65 3 ddpm heun gaussian:3",
        "257 5 16 2 edm rk4 rademacher:9",
        "64 17 20 1 plain euler gaussian:11",
    ];

    [Theory]
    [MemberData(nameof(Likelihoods))]
    public void Traces_follow_the_reference(string name)
    {
        var (network, program, estimator, points) = LikelihoodCase(name);
        int dimension = network.Architecture.Dimension;
        int count = points.Length / dimension;
        using var loaded = Device().Load(network);
        var request = new TraceRequest { Points = points, Estimator = estimator, Seed = 12, FirstSample = 1000 };
        var result = loaded.IntegrateTrace(program, request);

        var reference = new ReferenceNetwork(network);
        double[] ends = new double[points.Length];
        double[] traces = new double[count * estimator.Values];
        double scale = 0;
        for (int n = 0; n < count; n++)
        {
            double[][] states = ReferenceSampler.Run(
                reference,
                program.Steps,
                ReferenceObjective.Row(points, n, dimension),
                _ => new double[dimension]);
            states[^1].CopyTo(ends, n * dimension);
            for (int k = 0; k < estimator.Values; k++)
            {
                double terms = 0;
                for (int row = 0; row < program.TraceWeights.Count; row++)
                {
                    double condition = program.Steps.Rows[row].Condition;
                    foreach (double[] v in Vectors(n, k))
                    {
                        double[] product = reference.JacobianVector(states[row], condition, v);
                        double term = program.TraceWeights[row] * v.Zip(product, (a, b) => a * b).Sum();
                        traces[(n * estimator.Values) + k] += term;
                        terms += Math.Abs(program.TraceWeights[row]) * v.Zip(product, (a, b) => Math.Abs(a * b)).Sum();
                    }
                }

                scale = Math.Max(scale, terms);
            }
        }

        Closeness.Require("ends", result.Points, ends, 4 * ValueTolerance);
        Closeness.Require(
            "traces", Array.ConvertAll(result.Traces, sum => (float)sum), traces, 4 * ValueTolerance, scale);

        IEnumerable<double[]> Vectors(int n, int k)
        {
            if (estimator.IsExact)
            {
                return Enumerable.Range(0, dimension).Select(reference.Unit);
            }

            double[] v = new double[dimension];
            estimator.Fill(12, 1000 + (uint)n, k, v);
            return [v];
        }
    }

    [Theory]
    [InlineData("257 2 32 2 edm heun exact")]
    [InlineData("257 2 32 2 ddpm heun gaussian:5")]
    public void Traces_have_the_same_bits_in_every_variant_and_split(string name)
    {
        var (network, program, estimator, points) = LikelihoodCase(name);
        TraceResult? whole = null;
        for (int variant = 0; variant < Variants; variant++)
        {
            using var loaded = Device(variant).Load(network);
            var all = Run(loaded, points, 0);
            whole ??= all;
            Assert.Equal(whole.Points, all.Points);
            Assert.Equal(whole.Traces, all.Traces);
            var first = Run(loaded, points[..202], 0);
            var second = Run(loaded, points[202..], 101);
            Assert.Equal(whole.Points, first.Points.Concat(second.Points));
            Assert.Equal(whole.Traces, first.Traces.Concat(second.Traces));
        }

        TraceResult Run(IDeviceNetwork loaded, float[] some, uint firstSample) => loaded.IntegrateTrace(
            program,
            new TraceRequest { Points = some, Estimator = estimator, Seed = 8, FirstSample = firstSample });
    }

    [Fact]
    public void Trace_requests_that_do_not_fit_are_named_and_a_run_can_be_stopped()
    {
        var (network, program, _, points) = LikelihoodCase("65 2 16 2 edm heun exact");
        using var loaded = Device().Load(network);
        AssertNames("points", () => loaded.IntegrateTrace(program, new TraceRequest { Points = [1, 2, 3] }));
        AssertNames("count", () => loaded.IntegrateTrace(program, new TraceRequest { Points = [] }));
        AssertNames(
            "probes",
            () => loaded.IntegrateTrace(
                program, new TraceRequest { Points = points, Estimator = new TraceEstimator(-2) }));
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => loaded.IntegrateTrace(
            program, new TraceRequest { Points = points, Cancellation = source.Token }));
        var seen = new System.Collections.Concurrent.ConcurrentBag<double>();
        loaded.IntegrateTrace(
            program, new TraceRequest { Points = points, Progress = new ImmediateProgress(seen.Add) });
        Assert.Equal(1.0, seen.Max());
    }

    private static (Network Network, LikelihoodProgram Program, TraceEstimator Estimator, float[] Points)
        LikelihoodCase(string name)
    {
        string[] parts = name.Split(' ');
        int[] sizes = [.. parts[..4].Select(part => int.Parse(part, CultureInfo.InvariantCulture))];
        TimeConditioning conditioning = parts[4] switch
        {
            "ddpm" => new LearnedEmbedding(40, 16),
            "edm" => new LogSigmaEmbedding(7),
            _ => new NoConditioning(),
        };
        var network = Network.Create(new NetworkArchitecture(sizes[1], sizes[2], sizes[3], conditioning), 21);
        DiffusionProcess process = parts[4] == "ddpm" ? new DdpmSchedule(40) : new EdmProcess(0.05, 3.0);
        var spacing = parts[4] == "ddpm" ? TimeSpacing.Uniform : TimeSpacing.LogSnr;
        var program = LikelihoodProgram.Create(
            new SamplerModel(process, Prediction.Epsilon),
            TimeGrid.Create(process, spacing, 6, endsAtData: false).Reversed(),
            parts[5] switch
            {
                "euler" => FlowMethod.Euler,
                "heun" => FlowMethod.Heun,
                _ => FlowMethod.RungeKutta,
            });
        string[] probes = parts[6].Split(':');
        var estimator = probes[0] == "exact"
            ? TraceEstimator.Exact
            : new TraceEstimator(
                int.Parse(probes[1], CultureInfo.InvariantCulture),
                probes[0] == "gaussian" ? ProbeKind.Gaussian : ProbeKind.Rademacher);
        return (network, program, estimator, ConformanceCase.Draw(new Random(3), sizes[0] * sizes[1]));
    }
}
