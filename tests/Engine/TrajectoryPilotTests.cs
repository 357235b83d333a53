using ScoreGpu.Engine;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Drawing;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Samplers;

namespace ScoreGpu.Tests.Engine;

public sealed class TrajectoryPilotTests
{
    private static readonly Network Still = new(new NetworkArchitecture(2, 2, 1, new NoConditioning()));
    private static readonly StepProgram Doubling = new(
        "doubling", [.. Enumerable.Repeat(new StepRow(0, StepProgram.LinearStep(2, 0, 0)), 3)]);

    [Fact]
    public void Views_hold_nearly_all_ends_with_a_margin_and_one_scale()
    {
        using var device = new CpuDevice(1);
        using var network = device.Load(Still);
        var pilot = TrajectoryPilot.Run(network, Doubling, new SampleRequest { Count = 1000, Seed = 4 }, null);
        Assert.Equal((1000, 4), (pilot.Count, pilot.Frames));
        float[] ends = network.Sample(Doubling, new SampleRequest { Count = 1000, Seed = 4 }).Points;
        double[] up = [.. ends.Where((_, i) => i % 2 == 1).Select(value => (double)value).Order()];
        (double low, double high) = (up[4], up[995]);
        CanvasView view = pilot.View(400, 100);
        Assert.Equal(low - (0.2 * (high - low)), view.Bottom, 1e-9);
        Assert.Equal(high + (0.2 * (high - low)), view.Top, 1e-9);
        Assert.Equal(4 * (view.Top - view.Bottom), view.Right - view.Left, 1e-9);
        CanvasView tall = pilot.View(100, 400);
        Assert.Equal(4 * (tall.Right - tall.Left), tall.Top - tall.Bottom, 1e-9);
    }

    [Fact]
    public void A_pilot_is_the_beginning_of_its_run_in_data_units()
    {
        using var device = new CpuDevice(1);
        using var network = device.Load(Still);
        DataScale scale = new([10, -20], [2, 5]);
        var whole = new SampleRequest { Count = 5000, Seed = 4 };
        var pilot = TrajectoryPilot.Run(network, Doubling, whole, scale);
        Assert.Equal(TrajectoryPilot.MostTrajectories, pilot.Count);
        float[] first = network.Sample(Doubling, whole with { Count = 2048, RecordEvery = 1 }).Trajectories;
        double[] expected = [.. Speeds(scale.ToData(first)).Order()];
        Assert.Equal(expected.Length, pilot.Speeds().Length);
        Assert.All(expected.Zip(pilot.Speeds()), pair => Assert.Equal(pair.First, pair.Second, 1e-6));

        // In model units the view is where the states are.
        CanvasView data = pilot.View(300, 200);
        CanvasView model = data.InModelUnits(scale);
        Assert.Equal((data.Left - 10) / 2, model.Left, 1e-12);
        Assert.Equal((data.Top + 20) / 5, model.Top, 1e-12);
        Assert.Equal(data, data.InModelUnits(null));
    }

    [Fact]
    public void Runs_that_stand_still_or_diverge_are_dealt_with()
    {
        using var device = new CpuDevice(1);
        using var network = device.Load(Still);
        var one = new SampleRequest { Count = 1, Start = [3, 4] };
        var keep = new StepProgram("keep", [new StepRow(0, StepProgram.LinearStep(1, 0, 0))]);
        var pilot = TrajectoryPilot.Run(network, keep, one, null);
        Assert.Empty(pilot.Speeds());
        CanvasView view = pilot.View(10, 10);
        Assert.True(view.Left < 3 && view.Right > 3 && view.Bottom < 4 && view.Top > 4, $"{view}");

        var lost = TrajectoryPilot.Run(network, keep, one with { Start = [float.NaN, 0] }, null);
        Assert.Contains("finite", Assert.Throws<InputException>(() => lost.View(10, 10)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(99)]
    [InlineData(1000)]
    public void Batches_are_the_run_wherever_it_is_cut(int size)
    {
        using var device = new CpuDevice(2);
        using var network = device.Load(Still);
        var noisy = new StepProgram("noisy", [new StepRow(0, StepProgram.LinearStep(0.5, 0, 1))]);
        var whole = new SampleRequest { Count = 257, Seed = 6, FirstSample = 5 };
        float[] start = [.. Enumerable.Range(0, 514).Select(i => i / 7f)];
        foreach (SampleRequest run in new[] { whole, whole with { Start = start } })
        {
            List<double> seen = [];
            SampleRequest[] parts =
                [.. SampleBatches.Split(run with { Progress = new Told(seen) }, size, 2)];
            Assert.Equal(257, parts.Sum(part => part.Count));
            Assert.Equal(network.Sample(noisy, run).Points, parts.SelectMany(part => network.Sample(noisy, part).Points));
            Assert.Equal(1.0, seen.Max(), 1e-12);
            Assert.True(seen.Min() > 0);
        }
    }

    [Fact]
    public void Batches_out_of_range_are_named()
    {
        var whole = new SampleRequest { Count = 2 };
        Assert.Contains(
            "batch", Assert.Throws<InputException>(() => SampleBatches.Split(whole, 0, 2)).Message, StringComparison.Ordinal);
        Assert.Contains(
            "noise",
            Assert.Throws<InputException>(() => SampleBatches.Split(whole with { Noise = [0] }, 1, 2)).Message,
            StringComparison.Ordinal);
    }

    private static IEnumerable<double> Speeds(float[] states)
    {
        int stride = 2 * TrajectoryPilot.MostTrajectories;
        for (int i = stride; i < states.Length; i += 2)
        {
            yield return Math.Sqrt(
                Math.Pow((double)states[i] - states[i - stride], 2)
                + Math.Pow((double)states[i + 1] - states[i + 1 - stride], 2));
        }
    }

    private sealed class Told(List<double> seen) : IProgress<double>
    {
        public void Report(double value)
        {
            lock (seen)
            {
                seen.Add(value);
            }
        }
    }
}
