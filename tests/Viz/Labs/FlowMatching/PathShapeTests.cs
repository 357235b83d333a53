using ScoreGpu.Engine.Processes;
using ScoreGpu.Viz;
using ScoreGpu.Viz.Labs.FlowMatching;

namespace ScoreGpu.Tests.Viz.Labs.FlowMatching;

/// <summary>Shapes of paths against curves whose shape is known.</summary>
public sealed class PathShapeTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(257)]
    public void A_line_at_constant_speed_is_straight(int count)
    {
        Random random = new(count);
        double[] ends = [.. Enumerable.Range(0, 4 * count).Select(_ => random.NextDouble() - 0.5)];
        double[] times = [1.0, 0.9, 0.4, 0.1, 0.0];
        double[] states =
        [
            .. times.SelectMany(t => Enumerable.Range(0, 2 * count)
                .Select(i => ends[i] + (t * (ends[(2 * count) + i] - ends[i])))),
        ];

        PathShape shape = PathShape.Of(states, times, count);

        Assert.Equal(0.0, shape.RelativeStraightness, 1e-20);
        Assert.Equal(1.0, shape.Detour, 1e-12);
        Assert.Equal(0.0, shape.Bend, 1e-12);
        Assert.Equal(0.0, shape.TurningDegrees, 1e-4);
        Assert.Equal(1.0, shape.SpeedRatio, 1e-12);
        Assert.All(PathShape.Accelerations(states, times, count), value => Assert.Equal(0.0, value, 1e-12));
    }

    // Half a circle of radius r walked evenly in unit time: speed πr, distance 2r, S = (πr)² − (2r)².
    [Theory]
    [InlineData(1.0)]
    [InlineData(2.5)]
    public void Half_a_circle_is_what_it_is(double radius)
    {
        double[] times = Column.Even(0.0, 1.0, 2001).Values;
        double[] states =
        [
            .. times.SelectMany(t => new[] { radius * Math.Cos(Math.PI * t), radius * Math.Sin(Math.PI * t) }),
        ];

        PathShape shape = PathShape.Of(states, times, 1);

        Assert.Equal(((Math.PI * Math.PI) - 4.0) * radius * radius, shape.Straightness, 1e-4 * radius * radius);
        Assert.Equal((Math.PI * Math.PI / 4.0) - 1.0, shape.RelativeStraightness, 1e-4);
        Assert.Equal(Math.PI / 2.0, shape.Detour, 1e-5);
        Assert.Equal(radius, shape.Bend, 1e-5);
        Assert.Equal(180.0, shape.TurningDegrees, 0.1);
        Assert.Equal(1.0, shape.SpeedRatio, 1e-6);
        double[] accelerations = PathShape.Accelerations(states, times, 1);
        Assert.All(accelerations, value => Assert.Equal(Math.PI * Math.PI * radius, value, 1e-3 * radius));
    }

    // x = t² on a line: velocity 2t against 1, S = ∫(2t − 1)² dt = 1/3, acceleration 2 whatever the times.
    [Fact]
    public void A_line_at_growing_speed_is_not_straight()
    {
        double[] times = [.. Column.Even(0.0, 1.0, 1001).Values.Select(t => t * Math.Sqrt(t))];
        double[] states = [.. times.SelectMany(t => new[] { t * t, 0.0 })];

        PathShape shape = PathShape.Of(states, times, 1);

        Assert.Equal(1.0 / 3.0, shape.RelativeStraightness, 1e-5);
        Assert.Equal(1.0, shape.Detour, 1e-12);
        Assert.All(PathShape.Accelerations(states, times, 1), value => Assert.Equal(2.0, value, 1e-9));
    }

    // There and back: the whole way is a turn of 180 degrees, and the path ends where it began.
    [Fact]
    public void A_path_that_turns_round_turns_by_half_a_circle()
    {
        PathShape shape = PathShape.Of([0.0, 0.0, 1.0, 0.0, 0.5, 0.0], [1.0, 0.5, 0.0], 1);

        Assert.Equal(180.0, shape.TurningDegrees, 1e-9);
        Assert.Equal(3.0, shape.Detour, 1e-12);
        Assert.Equal(2.0, shape.SpeedRatio, 1e-12);
    }

    [Fact]
    public void Every_process_is_a_line_in_x_over_alpha()
    {
        float[] clean = [3f, 1f, -2f, 0.5f];
        float[] noise = [-1f, 2f, 0.3f, -0.7f];

        foreach (ContinuousProcess process in new ContinuousProcess[] { new FlowProcess(), new VpProcess(), new CosineProcess() })
        {
            Assert.Equal(0.0, ConditionalPaths.Measure(process, clean, noise).ScaledBend, 1e-12);
        }
    }

    // Between orthogonal points of one length α² + σ² = 1 is a circle, of which the cosine goes along nearly a quarter.
    [Fact]
    public void The_cosine_goes_along_a_circle()
    {
        CosineProcess process = new(1e-4);
        PathShape shape = ConditionalPaths.Measure(process, [2f, 0f], [0f, 2f]).Shape;

        double end = process.TimeRange.End;
        double angle = Math.Atan2(process.Sigma(end), process.Alpha(end));
        Assert.Equal(0.5 * angle / Math.Sin(0.5 * angle), shape.Detour, 1e-5);
        Assert.Equal(180.0 * angle / Math.PI, shape.TurningDegrees, 1.0);
    }
}
