using ScoreGpu.Engine.Drawing;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Verification.Reference;

namespace ScoreGpu.Tests.Conformance;

public abstract partial class DeviceConformance
{
    // All of it, a part of it, and a pixel's width of it; wider and higher than a window of 64 pixels, and not a
    // multiple of one.
    private static readonly (int Width, int Height, CanvasView View)[] Canvases =
    [
        (300, 200, new CanvasView(-6, 6, -5, 7)),
        (65, 130, new CanvasView(-0.5, 0.7, -0.1, 0.9, 1, 0)),
        (1, 63, new CanvasView(-0.02, 0.01, -2, 2)),
    ];

    public static TheoryData<string, int, string> Drawings => new()
    {
        { "ddpm", 1, "time" }, { "ddpm", 63, "speed" }, { "ddim", 65, "end" }, { "langevin", 257, "time" },
        { "langevin", 64, "speed" }, { "annealed", 65, "end" },
    };

    [Theory]
    [MemberData(nameof(Drawings))]
    public void Drawn_trajectories_are_those_of_the_reference_to_the_bit(string sampler, int count, string colouring)
    {
        var (network, program) = SamplerCase(sampler);
        int dimension = network.Architecture.Dimension;
        using var loaded = Device().Load(network);
        var request = new SampleRequest { Count = count, Seed = 3, FirstSample = 11 };
        var recorded = loaded.Sample(program, request with { RecordEvery = 1 });
        foreach (var (width, height, view) in Canvases)
        {
            var axes = view with { AxisX = dimension > 2 ? 2 : view.AxisX };
            var colours = Colouring(colouring, dimension);
            var expected = new ReferenceRaster(width, height, axes, colours);
            expected.Draw(recorded.Trajectories, count, dimension);
            var canvas = new TrajectoryCanvas(width, height, axes, colours);
            var result = loaded.Draw(program, request, canvas);
            Assert.Equal(recorded.Points, result.Points);
            Assert.Empty(result.Trajectories);
            Assert.Equal(0, result.Frames);
            Assert.Equal((long)count * program.Rows.Count, canvas.Segments);
            Assert.Equal(expected.Skipped, canvas.Skipped);
            RequireSums(expected.Sums, canvas);
            Assert.True(width < 300 || expected.Sums.Max() > 0);
        }
    }

    [Fact]
    public void Images_have_the_same_bits_in_every_variant_and_split()
    {
        var (network, program) = SamplerCase("ddpm");
        ulong[] first = [];
        for (int variant = 0; variant < Variants; variant++)
        {
            using var loaded = Device(variant).Load(network);
            var whole = Canvas(200, 150);
            loaded.Draw(program, new SampleRequest { Count = 300, Seed = 8 }, whole);
            first = variant == 0 ? whole.Sums.ToArray() : first;
            RequireSums(first, whole);
            var parts = Canvas(200, 150);
            loaded.Draw(program, new SampleRequest { Count = 101, Seed = 8 }, parts);
            loaded.Draw(program, new SampleRequest { Count = 199, Seed = 8, FirstSample = 101 }, parts);
            RequireSums(first, parts);
            Assert.Equal(whole.Segments, parts.Segments);
        }
    }

    [Fact]
    public void Every_segment_inside_weighs_its_length()
    {
        var (network, program) = SamplerCase("langevin");
        using var loaded = Device().Load(network);
        var request = new SampleRequest { Count = 100, Seed = 5 };
        var view = new CanvasView(-50, 50, -50, 50);
        var reference = new ReferenceRaster(500, 500, view, Colouring("time", 2));
        reference.Draw(loaded.Sample(program, request with { RecordEvery = 1 }).Trajectories, 100, 3);
        var canvas = new TrajectoryCanvas(500, 500, view, Colouring("time", 2));
        loaded.Draw(program, request, canvas);
        double weight = 0;
        for (int pixel = 0; pixel < 500 * 500; pixel++)
        {
            weight += canvas.Sums[4 * pixel];
        }

        // G is good to 0.4 %, and each segment is rounded down to a whole weight.
        Assert.InRange(weight, (0.996 * reference.Weight) - canvas.Segments, 1.004 * reference.Weight);
        Assert.Equal(0, canvas.Skipped);
    }

    [Fact]
    public void Diverged_trajectories_are_skipped_and_counted()
    {
        var network = new Network(new NetworkArchitecture(2, 4, 1, new NoConditioning()));
        using var loaded = Device().Load(network);

        // Ten rows that each multiply by 1000: 1e-3 … 1e27, and 1e12 … ∞.
        var program = new StepProgram(
            "diverging", [.. Enumerable.Repeat(new StepRow(0, StepProgram.LinearStep(1000, 0, 0)), 10)]);
        var random = new Random(1);
        float[] start = ConformanceCase.Draw(random, 2 * 65);
        start[0] = 1e-3f;
        start[1] = -1e-3f;
        start[2 * 7] = float.NaN;
        start[(2 * 9) + 1] = float.NegativeInfinity;
        start[2 * 64] = 1e12f;
        foreach (string colouring in new[] { "time", "speed", "end" })
        {
            var view = new CanvasView(-4000, 3000, -2000, 5000);
            var colours = Colouring(colouring, 2);
            var request = new SampleRequest { Count = 65, Start = start };
            var expected = new ReferenceRaster(90, 70, view, colours);
            expected.Draw(loaded.Sample(program, request with { RecordEvery = 1 }).Trajectories, 65, 2);
            var canvas = new TrajectoryCanvas(90, 70, view, colours);
            loaded.Draw(program, request, canvas);
            Assert.Equal(650, canvas.Segments);
            Assert.Equal(expected.Skipped, canvas.Skipped);
            Assert.InRange(canvas.Skipped, 10 + 10 + (62 * 8), 649);
            RequireSums(expected.Sums, canvas);
        }
    }

    [Fact]
    public void Sums_pass_32_bits()
    {
        // From corner to corner and back, the brightest colour: about 46,000 a segment and pixel.
        var network = new Network(new NetworkArchitecture(2, 4, 1, new NoConditioning()));
        using var loaded = Device().Load(network);
        var program = new StepProgram(
            "to and fro", [.. Enumerable.Repeat(new StepRow(0, StepProgram.LinearStep(-1, 0, 0)), 1000)]);
        float[] start = [.. Enumerable.Repeat(0.9f, 2 * 128)];
        var white = new TimeColouring([new CanvasColour(255, 254, 253)]);
        var canvas = new TrajectoryCanvas(3, 3, new CanvasView(-1, 1, -1, 1), white);
        loaded.Draw(program, new SampleRequest { Count = 128, Start = start }, canvas);
        ulong weight = canvas.Sums[4 * 4];
        Assert.InRange(weight * 255, 1UL << 32, 1UL << 33);
        Assert.Equal([weight, weight * 255, weight * 254, weight * 253], canvas.Sums.Slice(4 * 4, 4).ToArray());
        Assert.Equal(0UL, weight % (128 * 1000));
    }

    [Fact]
    public void A_program_without_rows_draws_nothing()
    {
        using var loaded = Device().Load(new Network(new NetworkArchitecture(2, 2, 1, new NoConditioning())));
        var canvas = Canvas(10, 10);
        float[] start = [0, 0, 1, 1];
        var result = loaded.Draw(new StepProgram("empty", []), new SampleRequest { Count = 2, Start = start }, canvas);
        Assert.Equal(start, result.Points);
        Assert.Equal(0, canvas.Segments);
        Assert.Equal(0UL, canvas.Sums.ToArray().Max());
    }

    [Fact]
    public void Drawing_reports_and_can_be_cancelled()
    {
        var (network, program) = SamplerCase("ddpm");
        using var loaded = Device().Load(network);
        var seen = new System.Collections.Concurrent.ConcurrentBag<double>();
        loaded.Draw(program, new SampleRequest { Count = 130, Progress = new ImmediateProgress(seen.Add) }, Canvas(9, 9));
        Assert.Equal(1.0, seen.Max());

        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => loaded.Draw(
            program, new SampleRequest { Count = 500, Cancellation = source.Token }, Canvas(9, 9)));
        Assert.Equal(20, loaded.Sample(program, new SampleRequest { Count = 10 }).Points.Length);
    }

    [Fact]
    public void Drawings_that_do_not_fit_are_named()
    {
        var (network, program) = SamplerCase("langevin");
        using var loaded = Device().Load(network);
        var one = new SampleRequest { Count = 1 };
        AssertNames("axis", () => loaded.Draw(
            program, one, new TrajectoryCanvas(9, 9, new CanvasView(0, 1, 0, 1, 0, 3), Colouring("time", 3))));
        AssertNames("centres", () => loaded.Draw(
            program, one, new TrajectoryCanvas(9, 9, new CanvasView(0, 1, 0, 1), Colouring("end", 2))));
        AssertNames("every", () => loaded.Draw(program, one with { RecordEvery = 1 }, Canvas(9, 9)));
        AssertNames("count", () => loaded.Draw(program, one with { Count = 0 }, Canvas(9, 9)));
        var endless = new StepProgram("endless", [.. Enumerable.Repeat(program.Rows[0], 65_536)]);
        AssertNames("rows", () => loaded.Draw(endless, one, Canvas(9, 9)));
    }

    private static TrajectoryCanvas Canvas(int width, int height) =>
        new(width, height, new CanvasView(-3, 3, -2.5, 2), Colouring("time", 2));

    private static TrajectoryColouring Colouring(string name, int dimension)
    {
        var random = new Random(17);
        CanvasColour[] palette = [.. Enumerable.Range(0, 7).Select(_ => DrawColour(random))];
        return name switch
        {
            "time" => new TimeColouring(palette),
            "speed" => new SpeedColouring(palette, 25.5),
            _ => new EndColouring(palette, ConformanceCase.Draw(random, 6 * dimension)),
        };
    }

    private static CanvasColour DrawColour(Random random) =>
        new((byte)random.Next(256), (byte)random.Next(256), (byte)random.Next(256));

    private static void RequireSums(ulong[] expected, TrajectoryCanvas canvas)
    {
        var actual = canvas.Sums;
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            if (expected[i] != actual[i])
            {
                int pixel = i / TrajectoryCanvas.Channels;
                Assert.Fail(
                    $"pixel ({pixel % canvas.Width}, {pixel / canvas.Width}), sum {i % TrajectoryCanvas.Channels}: "
                    + $"{actual[i]} for {expected[i]}");
            }
        }
    }
}
