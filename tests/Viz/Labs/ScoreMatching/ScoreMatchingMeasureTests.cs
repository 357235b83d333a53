using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Viz;
using ScoreGpu.Viz.Labs;
using ScoreGpu.Viz.Labs.ScoreMatching;

namespace ScoreGpu.Tests.Viz.Labs.ScoreMatching;

/// <summary>The lab's own measures against closed forms.</summary>
public sealed class ScoreMatchingMeasureTests
{
    [Fact]
    public void A_field_of_twice_the_length_is_aligned_and_fully_wrong()
    {
        double[] exact = [1, 2, -3, 0.5, 0, -4];
        FieldAgreement agreement = FieldAgreement.Of(Array.ConvertAll(exact, value => 2 * value), exact);

        Assert.Equal(1.0, agreement.Cosine, 1e-12);
        Assert.Equal(1.0, agreement.RootMeanSquareError, 1e-12);
        Assert.Equal(1.0, agreement.MedianRelativeError, 1e-12);
        Assert.Equal(1.0, agreement.AlignedShare);
    }

    [Fact]
    public void Large_vectors_rule_the_root_mean_square_and_angles_the_alignment()
    {
        // A right vector of length 10, one of length 1 turned by a right angle, one turned by 45 degrees, and by 10.
        double[] exact = [10, 0, 1, 0, 1, 0, 1, 0];
        double[] field =
            [10, 0, 0, 1, Math.Sqrt(0.5), Math.Sqrt(0.5), Math.Cos(Math.PI / 18), Math.Sin(Math.PI / 18)];
        FieldAgreement agreement = FieldAgreement.Of(field, exact);
        double errors = 2 + (2 - Math.Sqrt(2)) + (2 - (2 * Math.Cos(Math.PI / 18)));

        Assert.Equal(Math.Sqrt(errors / 103), agreement.RootMeanSquareError, 1e-12);
        Assert.Equal(0.5, agreement.AlignedShare);
        Assert.Equal(Math.Sqrt(2), FieldAgreement.RelativeErrors(field, exact)[1], 1e-12);
        Assert.Equal(0.0, FieldAgreement.RelativeErrors(field, exact)[0]);
        Assert.Equal(double.PositiveInfinity, FieldAgreement.RelativeErrors([1, 0], [0, 0])[0]);
    }

    [Fact]
    public void Parts_of_the_loss_of_a_linear_field_are_those_of_its_formula()
    {
        // s = −a·x on N(0, v·I): tr ∇s = −2a, E‖s‖² = 2a²v, E‖s − ∇log p‖² = 2v(a − 1/v)².
        const double V = 0.7;
        const double A = 2.1;
        const int Count = 40_000;
        GaussianMixture mixture = GaussianMixture.Isotropic([[0.0, 0.0]], Math.Sqrt(V));
        float[] points = mixture.Sample(Count, 3);
        double[] field = Array.ConvertAll(points, value => -A * value);
        LossParts parts = LossParts.Of("", "", field, Enumerable.Repeat(-2 * A, Count).ToArray(), mixture, points);

        Assert.Equal(-2 * A, parts.Trace, 1e-9);
        Assert.Equal(A * A * V, parts.HalfSquare, 0.05);
        Assert.Equal(1 / V, parts.HalfExactSquare, 0.03);
        Assert.Equal(V * (A - (1 / V)) * (A - (1 / V)), parts.Explicit, 0.01);
        Assert.InRange(Math.Abs(parts.Gap.Value), 0, 4 * parts.Gap.StandardError);
        Assert.Equal(parts.Gap.Value, parts.ReadOff - parts.Explicit, 1e-9);
    }

    [Fact]
    public void A_wrong_trace_shows_as_a_gap()
    {
        GaussianMixture mixture = NamedMixtures.TwoGaussians;
        float[] points = mixture.Sample(5000, 4);
        double[] exact = mixture.Scores(FieldProbes.Widened(points));
        double[] traces = mixture.ScoreDivergences(points);
        LossParts right = LossParts.Of("", "", exact, traces, mixture, points);
        LossParts wrong = LossParts.Of("", "", exact, Array.ConvertAll(traces, trace => 0.5 * trace), mixture, points);

        Assert.Equal(0.0, right.Explicit, 1e-12);
        Assert.InRange(Math.Abs(right.Gap.Value), 0, 4 * right.Gap.StandardError);
        Assert.True(Math.Abs(wrong.Gap.Value) > 20 * wrong.Gap.StandardError);
    }

    [Fact]
    public void A_power_is_found_from_the_upper_half()
    {
        double[] x = [1, 2, 4, 8, 16, 32, 64];
        double[] y = [5, 5, 5, .. x.Skip(3).Select(value => 0.3 * Math.Pow(value, 1.7))];
        PowerLaw law = PowerLaw.Fit(x, y);

        Assert.Equal(1.7, law.Exponent, 1e-9);
        Assert.Equal(0.3, law.Factor, 1e-9);
        Assert.Equal(0.3 * Math.Pow(10, 1.7), law.At(10), 1e-9);
        Assert.Equal(2.0, PowerLaw.Fit([3, 9], [1, 9]).Exponent, 1e-9);
    }

    [Theory]
    [InlineData(0.09, 0.01)]
    [InlineData(0.34, 0.05)]
    [InlineData(2.0, 1.0)]
    public void The_stationary_width_is_a_fixed_point_of_the_step(double variance, double stepSize)
    {
        double width = LangevinPredictions.StationaryWidth(variance, stepSize);
        double contraction = 1 - (stepSize / variance);

        Assert.Equal(width * width, (contraction * contraction * width * width) + (2 * stepSize), 1e-12);
    }

    [Fact]
    public void A_cluster_that_is_denoised_has_the_width_of_its_mean_origins()
    {
        // Around one centre x + σ²·s(x) is linear: its slope times the width of the noisy points.
        const double Sigma = 0.5;
        GaussianMixture noised = ScoreTraining.Data.Noised(1.0, Sigma);
        double[] scores = noised.Scores([2.0, 1.0, 2.0, 0.0]);
        double slope = 1.0 + (Sigma * Sigma * (scores[1] - scores[3]));

        Assert.Equal(
            slope * Math.Sqrt(LangevinPredictions.NoisedVariance(Sigma)), LangevinPredictions.DenoisedWidth(Sigma), 1e-9);
    }

    [Fact]
    public void Chains_are_counted_by_their_side()
    {
        // Three chains: one stays right, one crosses after the half, one before it.
        float[] frames =
        [
            1, 0, 1, 0, 1, 0,
            1, 0, 1, 0, -1, 0,
            1, 0, 1, 0, -1, 0,
            1, 0, -1, 0, -1, 0,
        ];
        LangevinTargets targets = LangevinTargets.Draw(new ScoreMatchingSettings { Reference = 50 }, 1);
        LangevinRun run = LangevinRun.Of("", "", 0.5, frames[^6..], frames, targets);

        Assert.Equal(1.0 / 3, run.ChangedSide, 1e-12);
        Assert.Equal(2.0 / 3, run.LeftShare, 1e-12);
        Assert.True(double.IsNaN(LangevinRun.Of("", "", 0.5, frames[^6..], [], targets).ChangedSide));
    }

    [Fact]
    public void The_exact_chains_start_and_are_kept_as_those_of_a_network()
    {
        using CpuDevice device = new();
        ScoreMatchingSettings settings = QuickScoreMatchingLab.Settings;
        LabContext context = new(device, 7, Theme.Light, "");
        Model model = new ScoreTraining("", "", "dsm", 0.5, 1).Fresh(settings, 7);
        using IDeviceNetwork network = device.Load(model.Network);
        LangevinRun learned = LangevinStudy.Sample(
            context, settings, "", "", model, network, LangevinTargets.Draw(settings, 7));
        float[] exact = LangevinStudy.SampleExact(context, settings, ScoreTraining.Data);
        int frame = 2 * settings.Chains;

        Assert.Equal(learned.Frames.Length, exact.Length);
        Assert.Equal(
            SampleResult.FramesFor(settings.LangevinSteps, settings.RecordEvery), exact.Length / frame);
        for (int i = 0; i < frame; i++)
        {
            Assert.Equal(learned.Frames[i], exact[i], 1e-5f);
        }

        Assert.NotEqual(learned.Frames[^frame..], exact[^frame..]);
    }

    [Fact]
    public void A_network_turned_into_a_noise_predictor_says_minus_sigma_times_the_score()
    {
        const double Sigma = 0.3;
        using CpuDevice device = new();
        Model model = new ScoreTraining("", "", "dsm", 0.5, 1).Fresh(QuickScoreMatchingLab.Settings, 8);
        float[] points = ScoreTraining.Data.Sample(65, 1);

        float[] scores = Evaluate(model.Network);
        float[] noises = Evaluate(NoiseIdentity.AsNoise(model.Network, Sigma));
        for (int i = 0; i < scores.Length; i++)
        {
            Assert.Equal(-Sigma * scores[i], noises[i], 1e-6);
        }

        float[] Evaluate(Network network)
        {
            using IDeviceNetwork loaded = device.Load(network);
            float[] outputs = new float[points.Length];
            loaded.Evaluate(points, [], outputs);
            return outputs;
        }
    }
}
