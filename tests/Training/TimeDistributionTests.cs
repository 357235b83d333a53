using ScoreGpu.Engine;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Tests.Training;

public sealed class TimeDistributionTests
{
    [Fact]
    public void Uniform_levels_are_a_midpoint_rule_of_order_two()
    {
        UniformTime times = new(new TimeRange(0.5, 2));
        double exact = (Math.Cos(0.5) - Math.Cos(2)) / 1.5;
        double coarse = Error(10);
        double fine = Error(40);
        Assert.Equal(2.0, Math.Log(coarse / fine) / Math.Log(4), 0.01);

        // (h∘Q)″ = −(b − a)²·sin, so that the error is (b − a)²/(24L²) of the mean.
        Assert.Equal(1.5 * 1.5 * exact / (24 * 1600), fine, 0.01 * fine);

        double Error(int levels) => Math.Abs(times.Midpoints(levels).Average(Math.Sin) - exact);
    }

    [Fact]
    public void Log_normal_and_logit_normal_levels_have_their_moments()
    {
        LogNormalTime edm = new();
        var levels = edm.Midpoints(TimeDistribution.UsualLevels);
        Assert.Equal(levels, levels.Order());
        double mean = levels.Average(Math.Log);
        Assert.Equal(-1.2, mean, 1e-9);
        Assert.Equal(1.44, levels.Average(t => Math.Pow(Math.Log(t) + 1.2, 2)), 0.01);

        // E[σ^½] = exp(m/2 + s²/8): the tails' share falls with more levels.
        double exact = Math.Exp(-0.6 + (1.44 / 8));
        double few = exact - edm.Midpoints(100).Average(Math.Sqrt);
        double many = exact - levels.Average(Math.Sqrt);
        Assert.InRange(few, 0, 5e-3);
        Assert.InRange(many, 0, few / 5);

        var scaled = (LogNormalTime)ModelObjectives.UsualTimes(
            new PreconditionedEdmProcess(2), Prediction.Preconditioned);
        Assert.Equal(4 * edm.At(0.7), scaled.At(0.7), 1e-12);

        // A network without EDM's scales has to see the noise at which samplers start.
        var plain = ModelObjectives.UsualTimes(new EdmProcess(0.01, 100), Prediction.Epsilon);
        Assert.Equal(0.1, plain.At(0.25), 1e-12);
        Assert.Equal(plain, ModelObjectives.UsualTimes(new PreconditionedEdmProcess(2, 0.01, 100), Prediction.V));
        Assert.Equal(Math.Log(1.0), plain.Midpoints(1000).Average(Math.Log), 1e-9);

        LogitNormalTime flow = new(new TimeRange(0, 1), 0.4, 0.8);
        var times = flow.Midpoints(1000);
        Assert.Equal(0.4, times.Average(t => Math.Log(t / (1 - t))), 1e-9);
        Assert.All(times, t => Assert.InRange(t, 0, 1));
        Assert.Throws<InputException>(() => flow.Midpoints(0));
    }
}
