using ScoreGpu.Engine.Drawing;
using ScoreGpu.Engine.Likelihoods;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;
using ScoreGpu.Engine.Sharding;

namespace ScoreGpu.Tests.Conformance;

/// <summary>The shards of a run are the run, to the bit, however many there are.</summary>
public abstract partial class DeviceConformance
{
    // How many samples in how many shards; in the end more shards than samples.
    private static readonly (int Samples, int[] Shards)[] ShardedRuns = [(67, [1, 2, 3, 7, 8]), (5, [8])];

    public static TheoryData<string> ShardedSamplers => ["ddpm", "ddim", "annealed", "registers"];

    public static TheoryData<string> HostSamplers => ["mala", "rk45"];

    public static TheoryData<string> ShardedLikelihoods =>
        ["67 2 32 3 edm rk4 exact", "67 3 16 2 ddpm heun rademacher:3"];

    [Theory]
    [MemberData(nameof(ShardedSamplers))]
    public void Shards_of_samples_are_one_run(string sampler)
    {
        var (network, program) = SamplerCase(sampler);
        int dimension = network.Architecture.Dimension;
        using var loaded = Device().Load(network);
        foreach ((int samples, int[] counts) in ShardedRuns)
        {
            float[]? start = sampler == "ddim" ? ConformanceCase.Draw(new Random(3), samples * dimension) : null;
            var whole = new SampleRequest { Count = samples, Seed = 4, Start = start };
            float[] expected = loaded.Sample(program, whole).Points;
            foreach (int count in counts)
            {
                Assert.Equal(expected, Sharded(count, shard => shard.PartOf(whole, dimension), part =>
                    loaded.Sample(program, part).Points));
            }
        }
    }

    [Theory]
    [MemberData(nameof(HostSamplers))]
    public void Shards_of_samplers_on_the_host_are_one_run(string sampler)
    {
        bool isMala = sampler == "mala";
        var architecture = new NetworkArchitecture(2, 16, 2, isMala ? new NoConditioning() : new LogSigmaEmbedding(6));
        using var loaded = Device().Load(Network.Create(architecture, 5));
        var network = new DeviceBatchNetwork(loaded);
        foreach ((int samples, int[] counts) in ShardedRuns)
        {
            var whole = new SampleRequest { Count = samples, Seed = 4 };
            double[] expected = Run(whole);
            Assert.Equal(2 * samples, expected.Distinct().Count());
            foreach (int count in counts)
            {
                Assert.Equal(expected, Sharded(count, shard => shard.PartOf(whole, 2), Run));
            }
        }

        double[] Run(SampleRequest part)
        {
            var request = new HostRequest { Count = part.Count, Seed = part.Seed, FirstSample = part.FirstSample };
            return isMala ? Mala(network, request) : Adaptive(network, request);
        }
    }

    [Theory]
    [MemberData(nameof(ShardedLikelihoods))]
    public void Shards_of_likelihoods_are_one_run(string name)
    {
        var (network, program, estimator, points) = LikelihoodCase(name);
        int dimension = network.Architecture.Dimension;
        using var loaded = Device().Load(network);
        foreach ((int samples, int[] counts) in ShardedRuns)
        {
            var whole = new TraceRequest { Points = points[..(samples * dimension)], Estimator = estimator, Seed = 12 };
            double[] expected = Run(whole);
            foreach (int count in counts)
            {
                Assert.Equal(expected, Sharded(count, shard => shard.PartOf(whole, dimension), Run));
            }
        }

        double[] Run(TraceRequest part) => FlowLikelihood.Run(program, loaded, part).Values;
    }

    [Theory]
    [InlineData("time")]
    [InlineData("speed")]
    [InlineData("end")]
    public void Shards_of_a_picture_add_up_to_it(string colouring)
    {
        var (network, program) = SamplerCase("ddpm");
        using var loaded = Device().Load(network);
        var whole = new SampleRequest { Count = 67, Seed = 4 };
        TrajectoryCanvas expected = Empty();
        loaded.Draw(program, whole, expected);
        foreach (int count in new[] { 3, 8, 70 })
        {
            TrajectoryCanvas sum = Empty();
            for (int index = 1; index <= count; index++)
            {
                TrajectoryCanvas own = Empty();
                if (new Shard(index, count).PartOf(whole, 2) is { } part)
                {
                    loaded.Draw(program, part, own);
                }

                sum.Add(own.ToTensor("sums"), own.Segments, own.Skipped);
            }

            RequireSums(expected.Sums.ToArray(), sum);
            Assert.Equal((expected.Segments, expected.Skipped), (sum.Segments, sum.Skipped));
        }

        TrajectoryCanvas Empty() => new(60, 40, new CanvasView(-3, 3, -2, 2), Colouring(colouring, 2));
    }

    private static TValue[] Sharded<TRequest, TValue>(int count, Func<Shard, TRequest?> part, Func<TRequest, TValue[]> run)
        where TRequest : class =>
    [
        .. Enumerable.Range(1, count)
            .Select(index => part(new Shard(index, count)))
            .OfType<TRequest>()
            .SelectMany(run),
    ];

    private static double[] Mala(DeviceBatchNetwork network, HostRequest request) => MalaSampler.Run(
        new SamplerModel(new FixedNoiseProcess(1), Prediction.Score), 0, network, request, 8, 0.1).Points;

    private static double[] Adaptive(DeviceBatchNetwork network, HostRequest request)
    {
        var process = new EdmProcess(0.05, 5);
        var model = new SamplerModel(process, Prediction.Denoised, time => time);
        return AdaptiveFlowSampler.Run(
            model, TimeGrid.Create(process, TimeSpacing.Uniform, 2), network, request,
            new AdaptiveOptions { RelativeTolerance = 1e-3, AbsoluteTolerance = 1e-3 }).Points;
    }
}
