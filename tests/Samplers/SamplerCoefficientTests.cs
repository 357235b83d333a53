using ScoreGpu.Engine;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Kernels;

namespace ScoreGpu.Tests.Samplers;

/// <summary>Coefficients against forms derived another way than the samplers do.</summary>
public sealed class SamplerCoefficientTests
{
    private static readonly DdpmSchedule Schedule = new(100, 1e-4, 0.02);

    [Fact]
    public void Ddpm_rows_are_the_posterior_mean_with_variance_beta()
    {
        var program = DdpmSampler.Create(Schedule);
        Assert.Equal(100, program.Nfe);
        Assert.Equal(1.0, program.StartScale);
        double alphaBar = AlphaBar(99);
        for (int t = 99; t >= 0; t--)
        {
            var row = program.Rows[99 - t];
            double beta = Beta(t);
            double before = t == 0 ? 1.0 : AlphaBar(t - 1);

            // E[x_{t−1} | x_t, x̂₀] of arXiv:2006.11239, equation (7), with x̂₀ = (x − √(1 − ᾱ)ε)/√ᾱ put in.
            double ofClean = Math.Sqrt(before) * beta / (1 - alphaBar);
            double ofState = Math.Sqrt(1 - beta) * (1 - before) / (1 - alphaBar);
            AssertClose(ofState + (ofClean / Math.Sqrt(alphaBar)), row.Update.X.X);
            AssertClose(-ofClean * Math.Sqrt(1 - alphaBar) / Math.Sqrt(alphaBar), row.Update.X.Output);
            AssertClose(t == 0 ? 0 : Math.Sqrt(beta), row.Update.X.Noise);
            Assert.Equal(t, row.Condition);
            AssertKeepsTheRest(row.Update);
            alphaBar = before;
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    [InlineData(1.0)]
    public void Ddim_rows_carry_a_noised_point_to_the_next_level(double eta)
    {
        var program = DdimSampler.Create(Schedule, eta, 3.0);
        for (int t = 99; t >= 0; t--)
        {
            var row = program.Rows[99 - t];
            double alphaBar = AlphaBar(t);
            double before = t == 0 ? 1.0 : AlphaBar(t - 1);

            // With the true ε, x̂₀ is x₀ and the mean of x′ has weight √ᾱ′ on x₀; the variances add up to 1 − ᾱ′.
            double ofClean = row.Update.DenoisedX * Math.Sqrt(alphaBar);
            double ofNoise = (row.Update.DenoisedX * Math.Sqrt(1 - alphaBar)) + row.Update.DenoisedOutput;
            AssertClose(1.0, ofClean);
            Assert.Equal(0.0, ofNoise, 2e-6);
            AssertClose(Math.Sqrt(before), row.Update.X.Denoised);
            double variance = ((double)row.Update.X.Output * row.Update.X.Output)
                + ((double)row.Update.X.Noise * row.Update.X.Noise);
            AssertClose(1 - before, variance);

            // η = 1 has the variance of the posterior, β̃ (arXiv:2006.11239, equation (7)).
            double posterior = (1 - before) / (1 - alphaBar) * Beta(t);
            AssertClose(eta * Math.Sqrt(posterior), row.Update.X.Noise);
            Assert.Equal(0f, row.Update.X.X);
            Assert.Equal(3f, row.Update.DenoisedBound);
            Assert.Equal(t, row.Condition);
            AssertKeepsTheRest(row.Update);
        }
    }

    [Fact]
    public void Ddim_ends_with_the_denoised_estimate()
    {
        var last = DdimSampler.Create(Schedule).Rows[^1].Update;
        Assert.Equal(new RegisterUpdate(0, 0, 0, 0, 0, 1, 0), last.X);
        Assert.False(last.UsesNoise);
        Assert.Equal(5f, last.DenoisedBound);
    }

    [Fact]
    public void Langevin_takes_the_whole_score()
    {
        var program = LangevinSampler.Create(
            new SamplerModel(new FixedNoiseProcess(0.25), Prediction.Epsilon, _ => 5.0), 0.5, 7, 0.02);
        Assert.Equal(7, program.Nfe);
        Assert.Equal(3.0, program.StartScale);
        foreach (var row in program.Rows)
        {
            Assert.Equal(5.0, row.Condition);
            Assert.Equal(1f, row.Update.X.X);
            AssertClose(-0.08, row.Update.X.Output);
            AssertClose(0.2, row.Update.X.Noise);
            AssertKeepsTheRest(row.Update);
        }
    }

    [Fact]
    public void Annealed_Langevin_scales_its_steps_with_the_variance()
    {
        var program = AnnealedLangevinSampler.Create([4.0, 2.0, 0.5], 3, 8e-4);
        Assert.Equal(9, program.Nfe);
        Assert.Equal(4.0, program.StartScale);
        double[] steps = [64 * 8e-4, 16 * 8e-4, 8e-4];
        for (int row = 0; row < 9; row++)
        {
            Assert.Equal(new[] { 4.0, 2.0, 0.5 }[row / 3], program.Rows[row].Condition);
            AssertClose(steps[row / 3] / 2, program.Rows[row].Update.X.Output);
            AssertClose(Math.Sqrt(steps[row / 3]), program.Rows[row].Update.X.Noise);
        }
    }

    [Fact]
    public void Bad_numbers_are_named()
    {
        Assert.Contains("eta", Assert.Throws<InputException>(() => DdimSampler.Create(Schedule, -0.1)).Message);
        Assert.Contains("eta", Assert.Throws<InputException>(() => DdimSampler.Create(Schedule, double.NaN)).Message);
        Assert.Contains("clip", Assert.Throws<InputException>(() => DdimSampler.Create(Schedule, 0, 0)).Message);
        Assert.Contains("steps", Assert.Throws<InputException>(() => LangevinSampler.Create(0, 0.1)).Message);
        Assert.Contains("step size", Assert.Throws<InputException>(() => LangevinSampler.Create(1, 0)).Message);
        Assert.Throws<InputException>(() => LangevinSampler.Create(1, 0.1, -1));
        Assert.Throws<InputException>(() => AnnealedLangevinSampler.Create([], 1));
        Assert.Throws<InputException>(() => AnnealedLangevinSampler.Create([1, 2], 1));
        Assert.Throws<InputException>(() => AnnealedLangevinSampler.Create([1, 0], 1));
        Assert.Throws<InputException>(() => AnnealedLangevinSampler.Create([1], 0));
        Assert.Throws<InputException>(() => AnnealedLangevinSampler.Create([1], 1, 0));
    }

    private static double Beta(int t) => 1e-4 + ((0.02 - 1e-4) * t / 99.0);

    private static double AlphaBar(int t)
    {
        double log = 0;
        for (int s = 0; s <= t; s++)
        {
            log += Math.Log(1 - Beta(s));
        }

        return Math.Exp(log);
    }

    private static void AssertKeepsTheRest(StepCoefficients update)
    {
        Assert.Equal(new RegisterUpdate(0, 1, 0, 0, 0, 0, 0), update.Anchor);
        Assert.Equal(new RegisterUpdate(0, 0, 1, 0, 0, 0, 0), update.Accumulator);
        Assert.Equal(new RegisterUpdate(0, 0, 0, 1, 0, 0, 0), update.Previous);
    }

    private static void AssertClose(double expected, double actual) =>
        Assert.Equal(expected, actual, Math.Max(1e-12, 3e-7 * Math.Abs(expected)));
}
