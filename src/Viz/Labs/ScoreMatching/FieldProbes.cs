using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Models;
using ScoreGpu.Viz.Labs.Figures;

namespace ScoreGpu.Viz.Labs.ScoreMatching;

/// <summary>Where fields are looked at: points of the data, of the noised data, and a square of the plane.</summary>
/// <param name="settings">How many points, and the noise.</param>
/// <param name="seed">The lab's seed.</param>
internal sealed class FieldProbes(ScoreMatchingSettings settings, ulong seed)
{
    /// <summary>The square reaches this far from the origin.</summary>
    public const double Reach = 4;

    /// <summary>Nodes a side of the square: an even number, so that none falls where the exact score is zero.</summary>
    public const int Nodes = 40;

    private readonly float[] _data = ScoreTraining.Data.Sample(
        settings.ComparisonPoints, LabKeys.Of(seed, ScoreMatchingDraw.DataPoints));

    private readonly float[] _noisy = ScoreTraining.Data.Noised(1.0, settings.Sigma).Sample(
        settings.ComparisonPoints, LabKeys.Of(seed, ScoreMatchingDraw.NoisyPoints));

    /// <summary>Looks at a model's score.</summary>
    public FieldStudy Study(string key, string label, Model model, IDeviceNetwork network)
    {
        ModelEvaluator evaluator = new(model, network);
        double sigma = ((SingleSigmaModelProcess)model.Process).Sigma;
        return Study(key, label, sigma, points => Evaluate(evaluator, points));
    }

    /// <summary>Looks at the exact score of the data with noise.</summary>
    public FieldStudy StudyExact(string key, string label, double sigma)
    {
        GaussianMixture mixture = ScoreTraining.Data.Noised(1.0, sigma);
        return Study(key, label, sigma, points => mixture.Scores(Widened(points)));
    }

    /// <summary>A model's score, in double.</summary>
    public static double[] Evaluate(ModelEvaluator evaluator, float[] points) =>
        Widened(evaluator.Evaluate(ModelQuantity.Score, points, 0));

    /// <summary>The same numbers in double.</summary>
    public static double[] Widened(float[] values) => Array.ConvertAll(values, value => (double)value);

    private FieldStudy Study(string key, string label, double sigma, Func<float[], double[]> field)
    {
        GaussianMixture own = ScoreTraining.Data.Noised(1.0, sigma);
        float[] square = Square();
        double[] inSquare = field(square);
        double[] exact = own.Scores(Widened(square));
        return new FieldStudy(
            key,
            label,
            sigma,
            Agreement(field, ScoreTraining.Data, _data),
            Agreement(field, ScoreTraining.Data.Noised(1.0, settings.Sigma), _noisy),
            FieldAgreement.Of(inSquare, exact),
            FieldAgreement.RelativeErrors(inSquare, exact),
            field(Array.ConvertAll(FieldPanel.Nodes(Reach), value => (float)value)));
    }

    private static FieldAgreement Agreement(Func<float[], double[]> field, GaussianMixture mixture, float[] points) =>
        FieldAgreement.Of(field(points), mixture.Scores(Widened(points)));

    private static float[] Square()
    {
        Points at = Points.Grid(-Reach, Reach, -Reach, Reach, Nodes, Nodes);
        return [.. Enumerable.Range(0, at.Count).SelectMany(i => new[] { (float)at.X[i], (float)at.Y[i] })];
    }
}

/// <summary>A field, looked at.</summary>
/// <param name="Key">Its name in the results.</param>
/// <param name="Label">Its name on the page.</param>
/// <param name="Sigma">The noise of the density whose score it should be.</param>
/// <param name="AtData">Against the score of p, at points of p.</param>
/// <param name="AtNoisy">Against the score of p_σ with the lab's σ, at points of p_σ.</param>
/// <param name="InSquare">Against the score that it should be, over the square.</param>
/// <param name="RelativeErrors">‖s − r‖/‖r‖ at each node of the square.</param>
/// <param name="Arrows">The field at the nodes of <see cref="FieldPanel"/>, [N, 2].</param>
internal sealed record FieldStudy(
    string Key,
    string Label,
    double Sigma,
    FieldAgreement AtData,
    FieldAgreement AtNoisy,
    FieldAgreement InSquare,
    double[] RelativeErrors,
    double[] Arrows);
