using ScoreGpu.Engine;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;

namespace ScoreGpu.Tests.Samplers;

public sealed class TimeGridTests
{
    // arXiv:2206.00364, equation (5), in the paper's numbers.
    [Fact]
    public void Karras_times_are_the_papers()
    {
        var grid = TimeGrid.Create(new EdmProcess(), TimeSpacing.Karras, 18);
        Assert.Equal(18, grid.Times.Count);
        Assert.Equal(18, grid.Steps);
        Assert.Equal(80.0, grid.Times[0]);
        Assert.Equal(0.002, grid.Times[17]);
        double step = (Math.Pow(0.002, 1.0 / 7.0) - Math.Pow(80.0, 1.0 / 7.0)) / 17.0;
        for (int i = 1; i < 17; i++)
        {
            double expected = Math.Pow(Math.Pow(80.0, 1.0 / 7.0) + (i * step), 7.0);
            Assert.Equal(expected, grid.Times[i], 1e-12 * expected);
        }
    }

    [Theory]
    [InlineData(TimeSpacing.Uniform)]
    [InlineData(TimeSpacing.Quadratic)]
    [InlineData(TimeSpacing.Karras)]
    [InlineData(TimeSpacing.LogSnr)]
    public void Spacings_are_even_in_their_function_of_time(TimeSpacing spacing)
    {
        VpProcess process = new();
        var grid = TimeGrid.Create(process, spacing, 10, endsAtData: false, 0.9, 0.01);
        Assert.Equal(11, grid.Times.Count);
        Assert.Equal(10, grid.Steps);
        double[] values = [.. grid.Times.Select(t => spacing switch
        {
            TimeSpacing.Uniform => t,
            TimeSpacing.Quadratic => Math.Sqrt(t),
            TimeSpacing.Karras => Math.Pow(process.Sigma(t) / process.Alpha(t), 1.0 / 7.0),
            _ => process.LogSnr(t),
        })];
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal((values[10] - values[0]) / 10.0, values[i + 1] - values[i], 1e-10 * Math.Abs(values[10]));
        }
    }

    [Theory]
    [InlineData(TimeSpacing.Uniform)]
    [InlineData(TimeSpacing.Quadratic)]
    [InlineData(TimeSpacing.Karras)]
    [InlineData(TimeSpacing.LogSnr)]
    public void Steps_of_a_schedule_are_distinct_and_meet_both_ends(TimeSpacing spacing)
    {
        DdpmSchedule schedule = new(100);
        foreach (int count in new[] { 1, 2, 3, 10, 50, 99, 100 })
        {
            var grid = TimeGrid.Create(schedule, spacing, count);
            Assert.Equal(count, grid.Times.Distinct().Count());
            Assert.All(grid.Times, t => Assert.Equal(Math.Floor(t), t));
            Assert.Equal(99.0, grid.Times[0]);
            Assert.True(count == 1 || grid.Times[^1] == 0.0);
            Assert.Equal(grid.Times.OrderDescending(), grid.Times);
        }

        Assert.Throws<InputException>(() => TimeGrid.Create(schedule, spacing, 101));
    }

    [Fact]
    public void Quadratic_steps_crowd_at_the_data()
    {
        var grid = TimeGrid.Create(new DdpmSchedule(101), TimeSpacing.Quadratic, 11);
        Assert.Equal([100, 81, 64, 49, 36, 25, 16, 9, 4, 1, 0], grid.Times);
    }

    [Fact]
    public void Bad_grids_are_refused()
    {
        VpProcess vp = new();
        Refused("at least 1", () => TimeGrid.Of(vp, []));
        Refused("at least 2", () => TimeGrid.Of(vp, [0.5], endsAtData: false));
        Refused("goes on", () => TimeGrid.Of(vp, [0.5, 0.2, 0.3]));
        Refused("the least", () => TimeGrid.Of(vp, [0.2, 0.5]));
        Refused("from 0 to 1", () => TimeGrid.Of(vp, [1.5, 0.5]));
        Refused("whole number", () => TimeGrid.Of(new DdpmSchedule(), [5.5, 1]));
        Refused("steps", () => TimeGrid.Create(vp, TimeSpacing.Uniform, 0));
        Refused("rho", () => TimeGrid.Create(vp, TimeSpacing.Karras, 5, rho: 0.5));
        Refused("below the first", () => TimeGrid.Create(vp, TimeSpacing.Uniform, 5, first: 0.2, last: 0.4));
        Refused("at least 2 to encode", () => TimeGrid.Of(vp, [0.5]).Reversed());
    }

    [Fact]
    public void What_a_solver_cannot_do_is_refused_with_the_reason()
    {
        var steps = new SamplerModel(new DdpmSchedule(), Prediction.Epsilon);
        var few = TimeGrid.Create(steps.Process, TimeSpacing.Uniform, 10);
        Refused("continuous time", () => EulerMaruyamaSampler.Create(steps, few));
        Refused("continuous time", () => HeunSampler.Create(steps, few));
        Refused("continuous time", () => EdmSampler.Create(steps, few, new EdmChurn(5.0, 0.0)));
        Refused("no step between", () => DpmSolver2Sampler.Create(
            steps, TimeGrid.Create(steps.Process, TimeSpacing.Uniform, 80)));

        var vp = new SamplerModel(new VpProcess(), Prediction.Epsilon);
        var rising = TimeGrid.Create(vp.Process, TimeSpacing.Uniform, 10).Reversed();
        Refused("adds no noise", () => DdpmSampler.Create(vp, rising));
        Refused("adds no noise", () => DdimSampler.Create(vp, rising, 0.5));
        Refused("adds no noise", () => EulerMaruyamaSampler.Create(vp, rising));
        Refused("adds no noise", () => DpmSolverPlusPlusSampler.Create(vp, rising, addsNoise: true));
        Refused("adds no noise", () => PredictorCorrectorSampler.Create(vp, rising));
        Refused("not finite", () => HeunSampler.Create(vp, TimeGrid.Of(vp.Process, [0.5, 0.0], endsAtData: false)));

        var flow = new SamplerModel(new FlowProcess(), Prediction.Epsilon);
        Refused("not finite", () => EulerSampler.Create(flow, TimeGrid.Of(flow.Process, [1.0, 0.5])));
        Refused("alpha = 1", () => AnnealedLangevinSampler.Create(vp, [1.0], 1, 0.1, false));
    }

    private static void Refused(string reason, Func<object> create) =>
        Assert.Contains(reason, Assert.Throws<InputException>(create).Message, StringComparison.Ordinal);
}
