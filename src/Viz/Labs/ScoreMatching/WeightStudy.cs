using System.Text.Json.Nodes;
using ScoreGpu.Engine.Distributions;

namespace ScoreGpu.Viz.Labs.ScoreMatching;

/// <summary>
/// Langevin dynamics with a perfect score on two clusters of unlike weight, which the score hardly shows where they are
/// far apart (Song and Ermon 2019, arXiv:1907.05600, section 3.2.2).
/// </summary>
/// <param name="Weight">The weight of the left cluster.</param>
/// <param name="Runs">One a noise level.</param>
internal sealed record WeightStudy(double Weight, IReadOnlyList<WeightRun> Runs)
{
    private const double LeftWeight = 0.8;
    private const int ReferencePoints = 200_000;

    private static readonly double[] Sigmas = [0.0, 0.5, 1.0, 1.5];

    /// <summary>The clusters of the lab with weights 0.8 and 0.2.</summary>
    public static GaussianMixture Data { get; } = new(
        [LeftWeight, 1.0 - LeftWeight],
        [ScoreTraining.Data.Mean(0).ToArray(), ScoreTraining.Data.Mean(1).ToArray()],
        [Square(ScoreTraining.Data.Covariance(0)), Square(ScoreTraining.Data.Covariance(1))]);

    /// <summary>Runs the chains at every noise level.</summary>
    public static WeightStudy Compute(LabContext context, ScoreMatchingSettings settings, IProgress<double> progress)
    {
        List<WeightRun> runs = [];
        foreach (double sigma in Sigmas)
        {
            GaussianMixture mixture = Data.Noised(1.0, sigma);
            float[] frames = LangevinStudy.SampleExact(context, settings, mixture);
            int frame = 2 * settings.Chains;
            float[] truth = mixture.Sample(
                ReferencePoints, LabKeys.Of(context.Seed, ScoreMatchingDraw.WeightReference));
            runs.Add(new WeightRun(
                sigma,
                [
                    .. Enumerable.Range(0, frames.Length / frame)
                        .Select(k => LangevinRun.LeftOf(frames.AsSpan(k * frame, frame))),
                ],
                LangevinRun.LeftOf(truth),
                frames[^frame..]));
            progress.Report((double)runs.Count / Sigmas.Length);
        }

        return new WeightStudy(LeftWeight, runs);
    }

    /// <summary>The clusters as the command line reads them.</summary>
    public static string ToJson() => new JsonObject
    {
        ["weights"] = LabJson.List(Data.Weights, LabJson.Number),
        ["means"] = LabJson.List(
            Enumerable.Range(0, Data.ComponentCount), k => LabJson.List(Data.Mean(k).ToArray(), LabJson.Number)),
        ["standard_deviations"] = LabJson.List(
            Enumerable.Range(0, Data.ComponentCount), k => LabJson.Number(Math.Sqrt(Data.Covariance(k)[0]))),
    }.ToJsonString(LabJson.Format);

    private static double[,] Square(ReadOnlySpan<double> covariance) =>
        new[,] { { covariance[0], covariance[1] }, { covariance[2], covariance[3] } };
}

/// <summary>The chains at one noise level.</summary>
/// <param name="Sigma">σ.</param>
/// <param name="LeftShares">The share left of the middle at every state kept.</param>
/// <param name="TrueShare">The share of the density itself.</param>
/// <param name="Ends">The ends of the chains, [N, 2].</param>
internal sealed record WeightRun(double Sigma, IReadOnlyList<double> LeftShares, double TrueShare, float[] Ends)
{
    /// <summary>The share at the end.</summary>
    public double LastShare => LeftShares[^1];

    /// <summary>How far it is from the density's own.</summary>
    public double Error => Math.Abs(LastShare - TrueShare);
}
