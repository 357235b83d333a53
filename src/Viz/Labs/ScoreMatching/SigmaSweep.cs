using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Viz.Labs.Training;
using ScoreGpu.Viz.Pages.Interactive;

namespace ScoreGpu.Viz.Labs.ScoreMatching;

/// <summary>What denoising training at one σ gives.</summary>
/// <param name="Sigma">σ.</param>
/// <param name="Bias">The exact score of p_σ against that of p, at points of p: what no training removes.</param>
/// <param name="ToClean">The network against the score of p, at points of p.</param>
/// <param name="ToNoised">The network against the score of p_σ, at points of p_σ.</param>
/// <param name="Far">The network against the score of p_σ where Langevin chains start, at points of N(0, 3²·I).</param>
/// <param name="Loss">The mean loss over the last quarter of the steps.</param>
/// <param name="LossDeviation">The standard deviation of the loss of a step there.</param>
/// <param name="Floor">E‖target − ∇log p_σ‖² = D/σ² − E‖∇log p_σ‖²: the loss of the exact score.</param>
/// <param name="ZeroLoss">D/σ²: the loss of saying nothing.</param>
/// <param name="Samples">Langevin samples.</param>
/// <param name="Denoised">The same, each led to E[x₀ | x].</param>
/// <param name="Arrows">The field at the nodes of <see cref="SigmaSweep.View"/>, [N, 2].</param>
internal sealed record SigmaRun(
    double Sigma,
    FieldAgreement Bias,
    FieldAgreement ToClean,
    FieldAgreement ToNoised,
    FieldAgreement Far,
    double Loss,
    double LossDeviation,
    double Floor,
    double ZeroLoss,
    LangevinRun Samples,
    LangevinRun Denoised,
    double[] Arrows)
{
    /// <summary>The variance of the target about the score, over the mean square of the score that it hides.</summary>
    public double NoiseOverSignal => Floor / (ZeroLoss - Floor);
}

/// <summary>Denoising training over a range of σ.</summary>
/// <param name="context">The device and the seed.</param>
/// <param name="settings">How much to measure.</param>
/// <param name="targets">What samples are compared with.</param>
internal sealed class SigmaSweep(LabContext context, ScoreMatchingSettings settings, LangevinTargets targets)
{
    /// <summary>Arrows a side of the moving figure.</summary>
    public const int Side = 21;

    private readonly float[] _data = ScoreTraining.Data.Sample(
        settings.ComparisonPoints, LabKeys.Of(context.Seed, ScoreMatchingDraw.DataPoints));

    private readonly float[] _far = GaussianMixture.Isotropic([[0.0, 0.0]], LangevinSampler.UsualStartScale).Sample(
        settings.ComparisonPoints, LabKeys.Of(context.Seed, ScoreMatchingDraw.FarPoints));

    /// <summary>The part of the plane of the moving figures.</summary>
    public static PlaneView View { get; } = PlaneView.Square(FieldProbes.Reach);

    /// <summary>Measures a trained network.</summary>
    public SigmaRun Measure(TrainedModel trained)
    {
        Model model = trained.Model;
        using IDeviceNetwork network = context.Device.Load(model.Network);
        ModelEvaluator evaluator = new(model, network);
        double sigma = ((SingleSigmaModelProcess)model.Process).Sigma;
        GaussianMixture clean = ScoreTraining.Data;
        GaussianMixture noised = clean.Noised(1.0, sigma);
        float[] noisy = noised.Sample(
            settings.ComparisonPoints, LabKeys.Of(context.Seed, ScoreMatchingDraw.NoisyPoints));
        double[] cleanScores = clean.Scores(FieldProbes.Widened(_data));
        double zero = clean.Dimension / (sigma * sigma);
        LangevinRun samples = LangevinStudy.Sample(
            context, settings, "denoising", "denoising", model, network, targets);
        double[] late = [.. trained.Losses.TakeLast(Math.Max(2, trained.Losses.Count / 4))];
        double loss = late.Average();
        return new SigmaRun(
            sigma,
            FieldAgreement.Of(noised.Scores(FieldProbes.Widened(_data)), cleanScores),
            FieldAgreement.Of(FieldProbes.Evaluate(evaluator, _data), cleanScores),
            Agreement(evaluator, noised, noisy),
            Agreement(evaluator, noised, _far),
            loss,
            Math.Sqrt(late.Sum(value => (value - loss) * (value - loss)) / (late.Length - 1)),
            zero - MeanSquare(noised.Scores(noised.SampleDoubles(
                settings.FloorPoints, LabKeys.Of(context.Seed, ScoreMatchingDraw.NoisyPoints)))),
            zero,
            samples,
            LangevinStudy.Denoise("denoised", "denoised", samples, model, network, targets),
            FieldProbes.Evaluate(evaluator, Array.ConvertAll(View.Nodes(Side), value => (float)value)));
    }

    /// <summary>The mean of ‖v‖² over vectors of the plane.</summary>
    public static double MeanSquare(double[] vectors) => vectors.Sum(value => value * value) / (0.5 * vectors.Length);

    private static FieldAgreement Agreement(ModelEvaluator evaluator, GaussianMixture mixture, float[] points) =>
        FieldAgreement.Of(FieldProbes.Evaluate(evaluator, points), mixture.Scores(FieldProbes.Widened(points)));
}
