using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Verification.Reference;
using ScoreGpu.Kernels;
using ScoreGpu.Tests.Reference;

namespace ScoreGpu.Tests.Conformance;

public abstract partial class DeviceConformance
{
    private static readonly StepRow ToNoise = new(0, StepProgram.LinearStep(0, 0, 1));

    public static TheoryData<string> Samplers => ["ddpm", "ddim", "ddim-eta", "langevin", "annealed", "registers", "sinusoidal", "wide"];

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Sampling_follows_the_reference(string sampler)
    {
        var (network, program) = SamplerCase(sampler);
        int dimension = network.Architecture.Dimension;
        using var loaded = Device().Load(network);
        var request = new SampleRequest { Count = 70, Seed = 0xfedc_ba98_7654_3210, FirstSample = 1000 };
        var result = loaded.Sample(program, request);
        Assert.Equal(0, result.Frames);
        Assert.Empty(result.Trajectories);
        double[] expected = new double[70 * dimension];
        var reference = new ReferenceNetwork(network);
        for (uint n = 0; n < 70; n++)
        {
            uint sample = 1000 + n;
            double[] start = ReferenceSampler.DrawStart(request.Seed, sample, program.StartScale, dimension);
            double[][] states = ReferenceSampler.Run(
                reference,
                program,
                start,
                row => ReferenceSampler.DrawNoise(request.Seed, sample, row, dimension));
            states[^1].CopyTo(expected, n * dimension);
        }

        Closeness.Require(sampler, result.Points, expected, 4 * ValueTolerance);
    }

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Sampling_gives_the_same_bits_in_every_variant_and_split(string sampler)
    {
        var (network, program) = SamplerCase(sampler);
        int dimension = network.Architecture.Dimension;
        float[] whole = [];
        for (int variant = 0; variant < Variants; variant++)
        {
            using var loaded = Device(variant).Load(network);
            float[] all = loaded.Sample(program, new SampleRequest { Count = 300, Seed = 8 }).Points;
            whole = variant == 0 ? all : whole;
            Assert.Equal(whole, all);
            float[] first = loaded.Sample(program, new SampleRequest { Count = 101, Seed = 8 }).Points;
            float[] second = loaded.Sample(program, new SampleRequest { Count = 199, Seed = 8, FirstSample = 101 }).Points;
            Assert.Equal(whole, first.Concat(second));
            float[] other = loaded.Sample(program, new SampleRequest { Count = 300, Seed = 9 }).Points;
            Assert.NotEqual(whole, other);
        }

        Assert.Equal(300 * dimension, whole.Length);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(11)]
    public void Draws_are_those_of_the_generator(int dimension)
    {
        // A row that keeps only z shows the noise; no row that changes x shows the start.
        var network = new Network(new NetworkArchitecture(dimension, 4, 1, new NoConditioning()));
        using var loaded = Device().Load(network);
        var program = new StepProgram("noise", [ToNoise, ToNoise, ToNoise]) { StartScale = 2.5 };
        var request = new SampleRequest { Count = 1000, Seed = 77, FirstSample = 5, RecordEvery = 1 };
        var result = loaded.Sample(program, request);
        Assert.Equal(4, result.Frames);
        double worst = 0;
        for (int frame = 0; frame < 4; frame++)
        {
            for (uint n = 0; n < 1000; n++)
            {
                double[] expected = frame == 0
                    ? ReferenceSampler.DrawStart(77, 5 + n, 2.5, dimension)
                    : ReferenceSampler.DrawNoise(77, 5 + n, frame - 1, dimension);
                for (int d = 0; d < dimension; d++)
                {
                    float actual = result.Trajectories[(((frame * 1000) + (int)n) * dimension) + d];
                    worst = Math.Max(worst, Math.Abs(actual - expected[d]) / (frame == 0 ? 2.5 : 1));
                }
            }
        }

        Assert.True(worst < 1e-6, $"the draws differ by up to {worst:g3}");
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 11)]
    [InlineData(3, 5)]
    [InlineData(5, 3)]
    [InlineData(10, 2)]
    [InlineData(11, 2)]
    public void Every_kth_state_is_kept(int every, int frames)
    {
        var network = Network.Create(new NetworkArchitecture(2, 16, 1, new LearnedEmbedding(10, 4)), 3);
        var program = DdpmSampler.Create(new DdpmSchedule(10));
        using var loaded = Device().Load(network);
        var all = loaded.Sample(program, new SampleRequest { Count = 67, Seed = 1, RecordEvery = 1 });
        var some = loaded.Sample(program, new SampleRequest { Count = 67, Seed = 1, RecordEvery = every });
        Assert.Equal(frames, some.Frames);
        Assert.Equal(frames * 67 * 2, some.Trajectories.Length);
        Assert.Equal(all.Points, some.Points);
        for (int frame = 0; frame < frames; frame++)
        {
            int state = Math.Min(frame * every, 10);
            Assert.Equal(State(all, state), State(some, frame));
        }

        Assert.Equal(all.Points, State(all, 10));

        static float[] State(SampleResult result, int frame) =>
            result.Trajectories.AsSpan(frame * 67 * 2, 67 * 2).ToArray();
    }

    [Fact]
    public void Given_start_and_noise_replace_the_draws()
    {
        var network = Network.Create(new NetworkArchitecture(3, 16, 2, new LearnedEmbedding(10, 4)), 3);
        var program = DdpmSampler.Create(new DdpmSchedule(10));
        using var loaded = Device().Load(network);
        var random = new Random(4);
        float[] start = ConformanceCase.Draw(random, 65 * 3);
        float[] noise = ConformanceCase.Draw(random, 10 * 65 * 3);
        var result = loaded.Sample(program, new SampleRequest { Count = 65, Start = start, Noise = noise });
        var reference = new ReferenceNetwork(network);
        double[] expected = new double[start.Length];
        for (int n = 0; n < 65; n++)
        {
            int sample = n;
            ReferenceSampler.Run(
                reference,
                program,
                ReferenceObjective.Row(start, n, 3),
                row => ReferenceObjective.Row(noise, (row * 65) + sample, 3))[^1].CopyTo(expected, n * 3);
        }

        Closeness.Require("samples", result.Points, expected, 4 * ValueTolerance);
    }

    [Fact]
    public void A_program_without_rows_returns_the_start()
    {
        using var loaded = Device().Load(new Network(new NetworkArchitecture(1, 2, 1, new NoConditioning())));
        float[] start = [1, 2, 3];
        var result = loaded.Sample(
            new StepProgram("empty", []), new SampleRequest { Count = 3, Start = start, RecordEvery = 4 });
        Assert.Equal(start, result.Points);
        Assert.Equal(1, result.Frames);
        Assert.Equal(start, result.Trajectories);
    }

    [Fact]
    public void Sampling_can_be_cancelled_and_the_network_used_again()
    {
        var (network, program) = SamplerCase("ddpm");
        using var loaded = Device().Load(network);
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(
            () => loaded.Sample(program, new SampleRequest { Count = 500, Cancellation = source.Token }));

        using var later = new CancellationTokenSource();
        var request = new SampleRequest
        {
            Count = 5000,
            Cancellation = later.Token,
            Progress = new ImmediateProgress(_ => later.Cancel()),
        };
        Assert.ThrowsAny<OperationCanceledException>(() => loaded.Sample(program, request));
        Assert.Equal(20, loaded.Sample(program, new SampleRequest { Count = 10 }).Points.Length);
    }

    [Fact]
    public void Progress_ends_at_one()
    {
        var (network, program) = SamplerCase("ddim");
        using var loaded = Device().Load(network);
        var seen = new System.Collections.Concurrent.ConcurrentBag<double>();
        loaded.Sample(program, new SampleRequest { Count = 300, Progress = new ImmediateProgress(seen.Add) });
        Assert.Equal(1.0, seen.Max());
        Assert.All(seen, share => Assert.InRange(share, 0.0, 1.0));
    }

    [Fact]
    public void Requests_that_do_not_fit_are_named()
    {
        var (network, program) = SamplerCase("ddpm");
        using var loaded = Device().Load(network);
        AssertNames("count", () => loaded.Sample(program, new SampleRequest { Count = 0 }));
        AssertNames("every", () => loaded.Sample(program, new SampleRequest { Count = 1, RecordEvery = -1 }));
        AssertNames("start", () => loaded.Sample(program, new SampleRequest { Count = 2, Start = [1, 2] }));
        AssertNames("noise", () => loaded.Sample(program, new SampleRequest { Count = 1, Noise = [1, 2] }));
        AssertNames("count", () => loaded.Sample(program, new SampleRequest { Count = int.MaxValue }));
        AssertNames(
            "trajectories",
            () => loaded.Sample(program, new SampleRequest { Count = 300_000_000, RecordEvery = 1 }));
        AssertNames(
            "time",
            () => loaded.Sample(DdpmSampler.Create(new DdpmSchedule(1000)), new SampleRequest { Count = 1 }));
    }

    private static (Network Network, StepProgram Program) SamplerCase(string sampler)
    {
        var schedule = new DdpmSchedule(50);
        var timed = Network.Create(new NetworkArchitecture(2, 32, 3, new LearnedEmbedding(50, 32)), 5);
        var plain = Network.Create(new NetworkArchitecture(3, 16, 2, new NoConditioning()), 6);
        var noisy = Network.Create(new NetworkArchitecture(5, 20, 2, new LogSigmaEmbedding(7)), 7);
        var sines = new SinusoidalEmbedding(10, 9, 1, TimeInput.Time);
        var told = Network.Create(new NetworkArchitecture(3, 20, 2, sines) { Activation = Activation.Gelu }, 8);
        var wide = new NetworkArchitecture(65, 33, 2, new NoConditioning()) { Activation = Activation.Tanh };
        var keep = StepProgram.KeepAnchor;
        return sampler switch
        {
            "ddpm" => (timed, DdpmSampler.Create(schedule)),
            "ddim" => (timed, DdimSampler.Create(schedule)),
            "ddim-eta" => (timed, DdimSampler.Create(schedule, 0.7, 0.8)),
            "sinusoidal" => (told, DdimSampler.Create(schedule)),
            "wide" => (Network.Create(wide, 9), LangevinSampler.Create(7, 0.05)),
            "langevin" => (plain, LangevinSampler.Create(30, 0.05)),
            "annealed" => (noisy, AnnealedLangevinSampler.Create(new GeometricNoiseLevels(4, 0.1, 5).Sigmas, 4, 1e-3)),
            _ => (plain, new StepProgram(
                "registers",
                [
                    Mixed(0.11f), Mixed(-0.07f), new StepRow(0, StepProgram.LinearStep(0.9, 0.3, 0)), Mixed(0.05f),
                    new StepRow(0, new StepCoefficients(0.5f, -0.25f, 0.3f, new(0, 0, 0, 0.5f, 0, 1, 0), keep, keep, keep)),
                ])),
        };
    }

    private static StepRow Mixed(float a) => new(
        0,
        new StepCoefficients(
            0.7f,
            0.2f + a,
            0.6f,
            new(0.5f, 0.1f, 0.2f + a, -0.3f, 0.4f, 0.1f, 0.2f),
            new(0.3f, 0.6f - a, 0.1f, 0.1f, -0.2f, 0.3f, 0.1f),
            new(-0.2f, 0.1f, 0.5f + a, 0.1f, 0.3f, -0.1f, 0.3f),
            new(0.1f, -0.4f, 0.2f, 0.3f + a, 0.2f, 0.2f, -0.1f)));

    private sealed class ImmediateProgress(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
