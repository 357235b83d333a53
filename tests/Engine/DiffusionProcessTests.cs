using ScoreGpu.Engine;
using ScoreGpu.Engine.Files;
using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Tests.Engine;

public sealed class DiffusionProcessTests
{
    public static TheoryData<string> ContinuousNames => ["vp", "sub-vp", "ve", "cosine", "flow", "edm", "edm-preconditioned"];

    [Theory]
    [InlineData(1e-5, "0.999999499502625", "0.00100049712593524", "1.00099449900467e-6", "0.0100008517555915")]
    [InlineData(1e-3, "0.999945026511098", "0.0104854163350949", "0.000109943955720275", "0.0100855356767752")]
    [InlineData(0.5, "0.281182880796752", "0.959654202068036", "0.920936187546839", "0.707106781186548")]
    [InlineData(1.0, "0.00657158649492962", "0.999978406892339", "0.99995681425094", "50")]
    public void Marginals_match_the_table(double t, string mean, string vp, string subVp, string ve)
    {
        Printed.Matches(mean, new VpProcess().Alpha(t));
        Printed.Matches(mean, new SubVpProcess().Alpha(t));
        Printed.Matches(vp, new VpProcess().Sigma(t));
        Printed.Matches(subVp, new SubVpProcess().Sigma(t));
        Printed.Matches(ve, new VeProcess().Sigma(t));
    }

    [Theory]
    [InlineData(1e-5, "0.999999805597202", "0.000623542747997826")]
    [InlineData(0.5, "0.702740058941169", "0.711446701840245")]
    [InlineData(0.984375, "0.0243483875676533", "0.999703534065402")]
    public void Cosine_marginals_match_high_precision(double t, string alpha, string sigma)
    {
        Printed.Matches(alpha, new CosineProcess().Alpha(t));
        Printed.Matches(sigma, new CosineProcess().Sigma(t));
    }

    [Theory]
    [MemberData(nameof(ContinuousNames))]
    public void Derivatives_match_finite_differences(string name)
    {
        ContinuousProcess process = Create(name);
        foreach (double t in Times(process))
        {
            double h = 1e-5 * t;
            double alphaSlope = (process.Alpha(t + h) - process.Alpha(t - h)) / (2.0 * h);
            double sigmaSlope = (process.Sigma(t + h) - process.Sigma(t - h)) / (2.0 * h);
            double varianceSlope =
                (Math.Pow(process.Sigma(t + h), 2) - Math.Pow(process.Sigma(t - h), 2)) / (2.0 * h);

            AssertClose(alphaSlope / process.Alpha(t), process.LogAlphaDerivative(t), 1e-6);
            AssertClose(alphaSlope, process.AlphaDerivative(t), 1e-6);
            AssertClose(sigmaSlope, process.SigmaDerivative(t), 1e-6);
            AssertClose(varianceSlope, process.VarianceDerivative(t), 1e-6);
            Assert.Equal(process.LogAlphaDerivative(t), process.Drift(t));
        }
    }

    // An independent route: the moments of dx = f x dt + g dw obey m' = f m and v' = 2 f v + g².
    [Theory]
    [MemberData(nameof(ContinuousNames))]
    public void The_SDE_has_the_marginals_that_the_process_states(string name)
    {
        ContinuousProcess process = Create(name);
        double[] times = Times(process);
        double from = times[1];
        double to = times[^1];
        const int steps = 20_000;
        double h = (to - from) / steps;
        double mean = process.Alpha(from);
        double variance = Math.Pow(process.Sigma(from), 2);
        for (int i = 0; i < steps; i++)
        {
            // Midpoint rule of second order.
            double t = from + (i * h);
            double meanMiddle = mean * (1.0 + (0.5 * h * process.Drift(t)));
            double varianceMiddle =
                variance + (0.5 * h * ((2.0 * process.Drift(t) * variance) + process.DiffusionSquared(t)));
            double middle = t + (0.5 * h);
            mean += h * process.Drift(middle) * meanMiddle;
            variance += h * ((2.0 * process.Drift(middle) * varianceMiddle) + process.DiffusionSquared(middle));
        }

        AssertClose(process.Alpha(to), mean, 1e-5);
        AssertClose(Math.Pow(process.Sigma(to), 2), variance, 1e-5);
    }

    [Fact]
    public void Diffusion_has_the_closed_form_of_the_paper()
    {
        VpProcess vp = new();
        SubVpProcess subVp = new();
        foreach (double t in new[] { 1e-4, 0.1, 0.5, 0.9, 1.0 })
        {
            double beta = 0.1 + (19.9 * t);
            double integral = (0.1 * t) + (9.95 * t * t);
            AssertClose(beta, vp.DiffusionSquared(t), 1e-14);
            AssertClose(beta * (1.0 - Math.Exp(-2.0 * integral)), subVp.DiffusionSquared(t), 1e-11);
            double ratio = Math.Log(50.0 / 0.01);
            AssertClose(2.0 * ratio * 1e-4 * Math.Exp(2.0 * ratio * t), new VeProcess().DiffusionSquared(t), 1e-12);
            AssertClose(2.0 * t, new EdmProcess().DiffusionSquared(t), 1e-14);
        }
    }

    [Theory]
    [MemberData(nameof(ContinuousNames))]
    public void Log_snr_is_the_logarithm_of_the_ratio_and_falls(string name)
    {
        ContinuousProcess process = Create(name);
        double before = double.PositiveInfinity;
        foreach (double t in Times(process))
        {
            double ratio = process.Alpha(t) / process.Sigma(t);
            AssertClose(Math.Log(ratio * ratio), process.LogSnr(t), 1e-11);
            Assert.True(process.LogSnr(t) < before);
            before = process.LogSnr(t);
        }
    }

    [Theory]
    [MemberData(nameof(ContinuousNames))]
    public void Conversions_recover_what_the_point_was_made_of(string name)
    {
        ContinuousProcess process = Create(name);
        const double denoised = 1.25;
        const double epsilon = -0.75;
        foreach (double t in Times(process))
        {
            double alpha = process.Alpha(t);
            double sigma = process.Sigma(t);
            double x = (alpha * denoised) + (sigma * epsilon);
            double score = 0.75 / sigma;
            AssertClose(score, process.ScoreFromEpsilon(epsilon, t), 1e-14);
            AssertClose(epsilon, process.EpsilonFromScore(score, t), 1e-14);
            Assert.Equal(denoised, process.DenoisedFromEpsilon(x, epsilon, t), 1e-13 * (1.0 + sigma) / alpha);
            Assert.Equal(denoised, process.DenoisedFromScore(x, score, t), 1e-13 * (1.0 + sigma) / alpha);
            Assert.Equal(epsilon, process.EpsilonFromDenoised(x, denoised, t), 1e-14 * (1.0 + sigma) / sigma);
            AssertClose(score, process.ScoreFromDenoised(x, denoised, t), 1e-13 * (1.0 + (1.0 / sigma)));

            double velocity = (process.AlphaDerivative(t) * denoised) + (process.SigmaDerivative(t) * epsilon);
            Assert.Equal(
                velocity, process.FlowVelocity(x, score, t), 1e-10 * (1.0 + Math.Abs(velocity)) / (sigma * alpha));
        }
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.5)]
    [InlineData(0.95)]
    public void Convert_turns_every_prediction_into_every_other(double t)
    {
        VpProcess process = new();
        double alpha = process.Alpha(t);
        double sigma = process.Sigma(t);
        PredictionForm[] forms =
        [
            new(1.0, 0.0),
            new(0.0, 1.0),
            new(0.0, -1.0 / sigma),
            new(-sigma, alpha),
            new(process.AlphaDerivative(t), process.SigmaDerivative(t)),
        ];
        const double denoised = 0.3;
        const double epsilon = 1.7;
        double x = (alpha * denoised) + (sigma * epsilon);
        foreach (PredictionForm from in forms)
        {
            foreach (PredictionForm to in forms)
            {
                (double ofState, double ofPrediction) = process.Convert(from, to, t);
                double given = (from.Denoised * denoised) + (from.Epsilon * epsilon);
                double wanted = (to.Denoised * denoised) + (to.Epsilon * epsilon);
                Assert.Equal(wanted, (ofState * x) + (ofPrediction * given), 1e-11 * (1.0 + Math.Abs(wanted)));
            }
        }

        Assert.Throws<ArgumentException>(() => process.Convert(new PredictionForm(alpha, sigma), forms[0], t));
    }

    [Fact]
    public void Ddpm_alpha_bar_matches_exact_arithmetic()
    {
        DdpmSchedule schedule = new();

        Assert.Equal(100, schedule.Steps);
        Assert.Equal(1e-4, schedule.Betas[0]);
        Assert.Equal(0.02, schedule.Betas[^1]);
        Assert.Equal(1e-4 + (0.0199 * 37.0 / 99.0), schedule.Betas[37], 1e-17);
        Assert.Equal(0.36356324805549191, schedule.AlphaBars[^1], 1e-15);
        Assert.Equal(Math.Sqrt(0.36356324805549191), schedule.Alpha(99), 1e-15);
        Assert.Equal(0.01, schedule.Sigma(0), 1e-16);
        Assert.Equal(schedule.Alphas[0] * schedule.Alphas[1], schedule.AlphaBars[1], 1e-16);
    }

    [Fact]
    public void Ddpm_preserves_variance_at_every_step()
    {
        DdpmSchedule schedule = new(1000);
        for (int t = 0; t < schedule.Steps; t++)
        {
            Assert.Equal(1.0, Math.Pow(schedule.Alpha(t), 2) + Math.Pow(schedule.Sigma(t), 2), 1e-13);
        }
    }

    [Fact]
    public void Ddpm_noises_points_as_the_reference_did()
    {
        SafetensorsFile file = SafetensorsFile.Read(Path.Combine("Fixtures", "ddpm_epsilon_h32.safetensors"));
        double[] clean = file["x0"].ToDoubles();
        double[] epsilon = file["eps"].ToDoubles();
        double[] noised = file["x_t"].ToDoubles();
        long[] times = file["t"].ToInt64s();
        DdpmSchedule schedule = new();

        for (int i = 0; i < noised.Length; i++)
        {
            long t = times[i / 2];
            Assert.Equal(
                noised[i], (schedule.Alpha(t) * clean[i]) + (schedule.Sigma(t) * epsilon[i]), 1e-13);
        }
    }

    [Theory]
    [InlineData(-1.0)]
    [InlineData(0.5)]
    [InlineData(100.0)]
    [InlineData(double.NaN)]
    public void Ddpm_refuses_times_between_steps(double t) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new DdpmSchedule().Alpha(t));

    [Fact]
    public void Noise_levels_match_the_reference()
    {
        SafetensorsFile file = SafetensorsFile.Read(Path.Combine("Fixtures", "ncsn_h32.safetensors"));
        double[] expected = file["sigmas"].ToDoubles();
        GeometricNoiseLevels levels = new();

        Assert.Equal(12, levels.Count);
        Assert.Equal(10.0, levels[0]);
        Assert.Equal(0.01, levels[11]);
        for (int i = 0; i < expected.Length; i++)
        {
            // The reference took its levels in single precision.
            AssertClose(expected[i], levels[i], 2e-7);
            AssertClose(10.0 * Math.Pow(0.001, i / 11.0), levels[i], 1e-14);
        }
    }

    [Fact]
    public void Bad_parameters_are_named()
    {
        AssertNames("betaMax", () => new VpProcess(1.0, 0.5));
        AssertNames("betaMin", () => new SubVpProcess(double.NaN));
        AssertNames("sigmaMax", () => new VeProcess(2.0, 1.0));
        AssertNames("sigmaMax", () => new EdmProcess(1.0, 1.0));
        AssertNames("offset", () => new CosineProcess(0.0));
        AssertNames("steps", () => new DdpmSchedule(0));
        AssertNames("betaEnd", () => new DdpmSchedule(10, 0.1, 1.0));
        AssertNames("count", () => new GeometricNoiseLevels(count: 1));
    }

    private static void AssertNames(string parameter, Func<object> create) =>
        Assert.Contains(parameter, Assert.Throws<InputException>(create).Message, StringComparison.Ordinal);

    private static ContinuousProcess Create(string name)
    {
        ContinuousProcess process = name switch
        {
            "vp" => new VpProcess(),
            "sub-vp" => new SubVpProcess(),
            "ve" => new VeProcess(),
            "cosine" => new CosineProcess(),
            "flow" => new FlowProcess(),
            "edm" => new EdmProcess(),
            _ => new PreconditionedEdmProcess(),
        };
        Assert.Equal(name, process.Name);
        return process;
    }

    private static double[] Times(ContinuousProcess process) =>
        new[] { 1e-3, 0.1, 0.37, 0.5, 0.8, 0.95 }
            .Select(part => process.TimeRange.Start + (part * (process.TimeRange.End - process.TimeRange.Start)))
            .ToArray();

    private static void AssertClose(double expected, double actual, double relative) =>
        Assert.Equal(expected, actual, relative * Math.Max(1e-12, Math.Abs(expected)));
}
