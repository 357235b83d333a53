using ScoreGpu.Engine;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Drawing;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Samplers;

namespace ScoreGpu.Tests.Engine;

public sealed class TrajectoryCanvasTests
{
    private static readonly CanvasColour[] Two = [new(1, 2, 3), new(4, 5, 6)];
    private static readonly TimeColouring ByTime = new(Two);
    private static readonly CanvasView Unit = new(0, 1, 0, 1);

    [Fact]
    public void Rows_count_downwards_and_time_goes_through_the_palette()
    {
        using var device = new CpuDevice(1);
        using var network = device.Load(new Network(new NetworkArchitecture(2, 2, 1, new NoConditioning())));

        // From (1, 0) to (3, 0) in one row, and on to (9, 0) in another; y = 0 is 2.5 below the upper edge.
        var triple = new StepRow(0, StepProgram.LinearStep(3, 0, 0));
        var canvas = new TrajectoryCanvas(4, 4, new CanvasView(0, 4, -1.5, 2.5), ByTime);
        network.Draw(new StepProgram("out", [triple, triple]), new SampleRequest { Count = 1, Start = [1, 0] }, canvas);
        Assert.Equal([128UL, 128, 256, 384], Pixel(canvas, 1, 2));
        Assert.Equal([128UL, 128, 256, 384], Pixel(canvas, 2, 2));
        Assert.Equal([128UL, 512, 640, 768], Pixel(canvas, 3, 2));
        Assert.Equal(3 * 128UL, Enumerable.Range(0, 16).Aggregate(0UL, (sum, i) => sum + canvas.Sums[4 * i]));
        Assert.Equal((2, 0), (canvas.Segments, canvas.Skipped));
    }

    [Fact]
    public void Ends_are_told_apart_in_all_dimensions_and_those_that_are_nowhere_have_a_colour()
    {
        using var device = new CpuDevice(1);
        using var network = device.Load(new Network(new NetworkArchitecture(3, 2, 1, new NoConditioning())));

        // The first two end at the same place of the image; the third coordinate of the last becomes infinite.
        float[] start = [1, 0, 0, 1, 0, 5, 1, 0, 3e38f];
        var colouring = new EndColouring([new(1, 0, 0), new(0, 1, 0), new(0, 0, 1)], [0, 0, 0, 0, 0, 10]);
        var canvas = new TrajectoryCanvas(4, 4, new CanvasView(0, 4, -1.5, 2.5), colouring);
        var program = new StepProgram("out", [new StepRow(0, StepProgram.LinearStep(2, 0, 0))]);
        network.Draw(program, new SampleRequest { Count = 3, Start = start }, canvas);
        Assert.Equal([3 * 128UL, 128, 128, 128], Pixel(canvas, 1, 2));
    }

    [Fact]
    public void Sizes_and_views_out_of_range_are_named()
    {
        AssertNames("width", () => new TrajectoryCanvas(0, 1, Unit, ByTime));
        AssertNames("height", () => new TrajectoryCanvas(1, TrajectoryCanvas.MaxSize + 1, Unit, ByTime));
        AssertNames("axes", () => new TrajectoryCanvas(1, 1, Unit with { AxisX = 1 }, ByTime));
        AssertNames("axes", () => new TrajectoryCanvas(1, 1, Unit with { AxisX = -1 }, ByTime));
        AssertNames("horizontal", () => new TrajectoryCanvas(1, 1, Unit with { Right = 0 }, ByTime));
        AssertNames("horizontal", () => new TrajectoryCanvas(1, 1, Unit with { Left = double.NaN }, ByTime));
        AssertNames("vertical", () => new TrajectoryCanvas(1, 1, Unit with { Top = double.PositiveInfinity }, ByTime));
        AssertNames("vertical", () => new TrajectoryCanvas(1, 1, Unit with { Top = 1e-40 }, ByTime));
    }

    [Fact]
    public void Palettes_and_centres_that_do_not_fit_are_named()
    {
        AssertNames("palette", () => new TimeColouring([]));
        AssertNames("palette", () => new TimeColouring(new CanvasColour[257]));
        AssertNames("full speed", () => new SpeedColouring(Two, 0));
        AssertNames("full speed", () => new SpeedColouring(Two, double.NaN));
        AssertNames("palette", () => new EndColouring([default], []));
        AssertNames("centres", () => new EndColouring(Two, []));
        AssertNames("centres", () => new EndColouring([.. Two, default], [1, 2, 3]));
        AssertNames("centres[1]", () => new EndColouring(Two, [1, float.NaN]));
    }

    private static ulong[] Pixel(TrajectoryCanvas canvas, int x, int y) =>
        canvas.Sums.Slice(((y * canvas.Width) + x) * TrajectoryCanvas.Channels, TrajectoryCanvas.Channels).ToArray();

    private static void AssertNames(string name, Func<object> create) =>
        Assert.Contains(name, Assert.Throws<InputException>(create).Message, StringComparison.Ordinal);
}
