using ScoreGpu.Engine;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Tests.Engine;

/// <summary>What follows from α and σ: inverse of λ, SDE coefficients, priors, conversions by name, the cosine
/// schedule.
/// </summary>
public sealed class ProcessCompletionTests
{
    private static readonly ContinuousProcess[] Processes =
    [
        new VpProcess(), new SubVpProcess(), new VeProcess(), new CosineProcess(), new FlowProcess(), new EdmProcess(),
    ];

    [Fact]
    public void The_time_of_a_log_SNR_is_its_inverse()
    {
        foreach (var process in Processes)
        {
            foreach (double part in new[] { 1e-5, 1e-3, 0.1, 0.5, 0.9, 0.999 })
            {
                double t = process.TimeRange.Start + (part * (process.TimeRange.End - process.TimeRange.Start));
                Assert.Equal(t, process.TimeAtLogSnr(process.LogSnr(t)), 1e-9 * t);
            }
        }
    }

    [Fact]
    public void The_slope_of_the_log_SNR_matches_finite_differences()
    {
        foreach (var process in Processes)
        {
            double t = 0.4 * process.TimeRange.End;
            double h = 1e-5 * t;
            double slope = (process.LogSnr(t + h) - process.LogSnr(t - h)) / (2.0 * h);
            Assert.Equal(slope, process.LogSnrDerivative(t), 1e-6 * Math.Abs(slope));
        }
    }

    // The reverse drift is the ODE's velocity less half of g²·s: both lead back along the same marginals.
    [Fact]
    public void The_reverse_drift_and_the_flow_differ_by_half_of_the_score_term()
    {
        foreach (var process in Processes)
        {
            double t = 0.4 * process.TimeRange.End;
            double squared = process.Diffusion(t) * process.Diffusion(t);
            Assert.Equal(process.DiffusionSquared(t), squared, 1e-12 * squared);
            Assert.Equal(
                process.FlowVelocity(1.3, -0.7, t) + (0.35 * squared),
                process.ReverseDrift(1.3, -0.7, t),
                1e-12 * squared);
        }
    }

    [Fact]
    public void Priors_are_the_fields_and_have_the_density_of_a_Gaussian()
    {
        Assert.Equal(1.0, new VpProcess().Prior(1.0).Scale);
        Assert.Equal(1.0, new SubVpProcess().Prior(1.0).Scale);
        Assert.Equal(1.0, new DdpmSchedule().Prior(99.0).Scale);
        Assert.Equal(1.0, new FlowProcess().Prior(1.0).Scale);
        Assert.Equal(50.0, new VeProcess().Prior(1.0).Scale, 1e-12);
        Assert.Equal(80.0, new EdmProcess().Prior(80.0).Scale);
        var gaussian = GaussianMixture.Isotropic([[0.0, 0.0, 0.0]], 2.5);
        double[] x = [0.3, -1.0, 4.0];
        Assert.Equal(gaussian.LogDensity(x), new GaussianPrior(2.5).LogDensity(x), 1e-12);
    }

    [Fact]
    public void Every_prediction_converts_to_every_other_by_name()
    {
        foreach (var process in Processes)
        {
            double t = 0.3 * process.TimeRange.End;
            double x = (process.Alpha(t) * 1.25) + (process.Sigma(t) * -0.75);
            foreach (var from in process.KnownPredictions)
            {
                foreach (var to in process.KnownPredictions)
                {
                    (double ofState, double ofPrediction) = process.Convert(from, to, t);
                    double wanted = Value(to);
                    Assert.Equal(
                        wanted, (ofState * x) + (ofPrediction * Value(from)), 1e-10 * (1.0 + Math.Abs(wanted)));
                }
            }

            double Value(Prediction prediction)
            {
                var form = process.FormOf(prediction, t);
                return (form.Denoised * 1.25) + (form.Epsilon * -0.75);
            }
        }
    }

    [Fact]
    public void Without_noise_a_score_still_gives_the_data_and_a_step_has_no_velocity()
    {
        Assert.Equal((1.0, 0.0), new FixedNoiseProcess(0.0).Convert(Prediction.Score, Prediction.Denoised, 0.0));
        Assert.Equal((0.0, 1.0), new FixedNoiseProcess(0.0).Convert(Prediction.Score, Prediction.Score, 0.0));
        Assert.False(double.IsFinite(
            new FixedNoiseProcess(0.0).Convert(Prediction.Epsilon, Prediction.Score, 0.0).OfPrediction));
        string message = Assert.Throws<InputException>(
            () => new DdpmSchedule().Convert(Prediction.Epsilon, Prediction.Velocity, 3.0)).Message;
        Assert.Contains("no velocity in between", message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_cosine_schedule_follows_its_formula_up_to_the_bound()
    {
        var schedule = DdpmSchedule.Cosine(200);
        for (int t = 0; t < 199; t++)
        {
            Assert.Equal(Bar(t + 1) / Bar(0), schedule.AlphaBars[t], 1e-13);
        }

        Assert.Equal(0.999, schedule.Betas[199]);
        Assert.InRange(schedule.Betas[0], 1e-5, 1e-3);
        Assert.Contains("offset", Assert.Throws<InputException>(() => DdpmSchedule.Cosine(10, 0.0)).Message);
        Assert.Contains("steps", Assert.Throws<InputException>(() => DdpmSchedule.Cosine(0)).Message);

        static double Bar(double t) => Math.Pow(Math.Cos(0.5 * Math.PI * ((t / 200.0) + 0.008) / 1.008), 2.0);
    }
}
