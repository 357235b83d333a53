using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Viz.Labs.FlowMatching;

namespace ScoreGpu.Tests.Viz.Labs.FlowMatching;

/// <summary>The lab's measurements where the answer is known in closed form.</summary>
public sealed class FlowMeasureTests
{
    // For data N(0, s²·I) the flow is x_t = x_1·√((1 − t)²s² + t²): every start ends at s times itself.
    [Theory]
    [InlineData(0.5)]
    [InlineData(3.0)]
    public void The_exact_flow_of_a_gaussian_scales_its_starts(double deviation)
    {
        GaussianMixture data = GaussianMixture.Isotropic([[0.0, 0.0]], deviation);
        double[] starts = [0.3, -1.2, 2.0, 0.1, -0.5, -0.5];

        MarginalPaths paths = MarginalPaths.Follow(
            data, new FlowProcess(), starts, 200, TestContext.Current.CancellationToken);

        Assert.All(paths.Ends.Zip(starts), pair => Assert.Equal(deviation * pair.Second, pair.First, 2e-5));
        double v = deviation * deviation;
        double slowest = v / (1.0 + v);
        double shortest = Math.Sqrt(((1.0 - slowest) * (1.0 - slowest) * v) + (slowest * slowest));
        Assert.Equal(
            (1.0 + deviation - (2.0 * shortest)) / Math.Abs(deviation - 1.0), paths.Shape.Detour, 1e-3);
        Assert.Equal(180.0, paths.Shape.TurningDegrees, 1e-3);
    }

    [Fact]
    public void One_exact_euler_step_leads_to_the_mean_of_the_data()
    {
        GaussianMixture data = GaussianMixture.Isotropic([[1.0, 2.0], [3.0, -2.0]], 0.4);
        FlowProcess flow = new();

        double[] points = ExactFlow.Run(
            data,
            flow,
            model => EulerSampler.Create(model, ExactFlow.EulerGrid(flow, 1, ExactFlow.Latest)),
            [0.7, -0.2, -1.5, 2.5],
            TestContext.Current.CancellationToken).Points;

        Assert.Equal([2.0, 0.0, 2.0, 0.0], points.Select(value => Math.Round(value, 4)));
    }

    [Fact]
    public void Flow_and_vp_are_one_flow()
    {
        double[] starts = [0.3, -1.2, 2.0, 0.1, -0.5, -0.5];

        SameFlow same = SameFlow.Measure(starts, 50, TestContext.Current.CancellationToken);

        Assert.Equal(0.0, same.StepsApart, 1e-11);
        Assert.Equal(0.0, same.EndsApart, 2e-3);
    }

    [Fact]
    public void Times_of_equal_noise_have_equal_noise()
    {
        VpProcess vp = new();
        FlowProcess flow = new();

        foreach (double t in new[] { 0.001, 0.1, 0.5, 1.0 })
        {
            double straight = SameFlow.StraightTime(vp, t);
            Assert.Equal(vp.LogSnr(t), flow.LogSnr(straight), 1e-9);
        }
    }

    [Fact]
    public void Conversions_there_and_back_lose_little_and_gains_are_the_weights()
    {
        double[] clean = Conversions.Normals(1, 257);
        double[] noise = Conversions.Normals(2, 257);
        Conversions flow = Conversions.Measure(new FlowProcess(), clean, noise);

        foreach (ConversionCheck check in flow.Of(Prediction.Velocity, Prediction.Epsilon))
        {
            Assert.Equal(1.0 - check.Time, check.Gain, 1e-12);
        }

        foreach (ConversionCheck check in flow.Of(Prediction.Epsilon, Prediction.Velocity))
        {
            Assert.Equal(1.0 / (1.0 - check.Time), check.Gain, 1e-8);
        }

        Assert.All(flow.Checks, check => Assert.InRange(check.RoundTripDouble, 0.0, 1e-8));
        Assert.True(flow.WorstSingle.RoundTripSingle > 100 * flow.WorstDouble.RoundTripDouble);
    }

    [Fact]
    public void The_formulas_as_written_hold()
    {
        WrittenFormulas written = WrittenFormulas.Measure(Conversions.Normals(1, 65), Conversions.Normals(2, 65));

        Assert.InRange(written.NoiseOfVelocity, 0.0, 1e-14);
        Assert.InRange(written.CleanOfVelocity, 0.0, 1e-14);
        Assert.InRange(written.ScoreOfVelocity, 0.0, 1e-9);
        Assert.InRange(written.VpScoreOfNoise, 0.0, 1e-9);
        Assert.InRange(written.VOfVelocityAtHalf, 0.0, 1e-14);
        Assert.True(written.VOfVelocityElsewhere > 0.1);
    }

    // Near the data x_t tells its mode, and u is nearly the line of its pair; near the noise it tells nothing.
    [Fact]
    public void Velocity_and_pair_agree_where_the_data_are_told_apart()
    {
        float[] clean = FlowData.Mixture.Sample(64, 3);
        float[] noise = FlowData.Noise.Sample(64, 4);

        VelocityDirection early = VelocityDirection.Measure(0.02, clean, noise);
        VelocityDirection late = VelocityDirection.Measure(0.98, clean, noise);

        Assert.InRange(early.CosineToPair, 0.9, 1.0);
        Assert.InRange(late.CosineToPair, -0.3, 0.5);
        Assert.Equal(1.0, late.CosineToScore, 1e-6);
    }

    [Fact]
    public void Scaled_data_have_the_deviation_that_was_asked_for()
    {
        GaussianMixture data = FlowData.Scaled(2.0);

        double variance = 0.0;
        for (int k = 0; k < data.ComponentCount; k++)
        {
            variance += data.Weights[k] * ((data.Mean(k)[0] * data.Mean(k)[0]) + data.Covariance(k)[0]);
        }

        Assert.Equal(4.0, variance, 1e-9);
    }
}
