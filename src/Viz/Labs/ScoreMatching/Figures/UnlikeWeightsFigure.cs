using System.Globalization;
using ScoreGpu.Viz.Labs.Figures;

namespace ScoreGpu.Viz.Labs.ScoreMatching.Figures;

/// <summary>A perfect score, and clusters of unlike weight.</summary>
internal static class UnlikeWeightsFigure
{
    private const double Reach = 4;
    private const int Bins = 64;

    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(ScoreMatchingData data)
    {
        Figure figure = new(10, 4.4, columns: 2);
        WeightRun clean = data.Weights.Runs[0];
        Column x = Column.Even(-Reach, Reach, 401);
        figure[0, 0]
            .Title("Samples of the exact score\nthe first coordinate").XLabel("x₁").YLabel("density")
            .XLimits(-Reach, Reach)
            .Histogram(Column.Of(clean.Ends, 2, 0), Bins, (-Reach, Reach), LabInks.Implied, 0.45, "Langevin")
            .Line(x, x.Map(Density), color: LabInks.Density, width: 2, label: "data")
            .Legend(LegendPlacement.UpperRight);
        Panel shares = figure[0, 1]
            .Title("Share of the heavy cluster\nsolid: chains, dashed: the density’s own").XLabel("Langevin step")
            .YLabel("share left of 0").YLimits(0.2, 0.9);
        for (int i = 0; i < data.Weights.Runs.Count; i++)
        {
            WeightRun run = data.Weights.Runs[i];
            double[] steps =
            [
                .. Enumerable.Range(0, run.LeftShares.Count)
                    .Select(k => (double)Math.Min(k * data.Settings.RecordEvery, data.Settings.LangevinSteps)),
            ];
            Ink ink = i switch
            {
                0 => LabInks.Implied,
                1 => LabInks.Exact,
                2 => LabInks.Centre,
                _ => Ink.Cyan,
            };
            shares
                .Line(steps, run.LeftShares.ToArray(), color: ink, width: 2,
                    label: $"σ = {run.Sigma.ToString(CultureInfo.InvariantCulture)}")
                .HorizontalLine(run.TrueShare, color: ink, width: 1, alpha: 0.8);
        }

        shares.Legend(LegendPlacement.LowerRight);
        return new LabFigure(
            "weights",
            "Left: samples of the exact score beside the density. Right: the share of the heavy cluster over the steps.",
            figure);
    }

    private static double Density(double x)
    {
        double sum = 0.0;
        for (int k = 0; k < WeightStudy.Data.ComponentCount; k++)
        {
            double variance = WeightStudy.Data.Covariance(k)[0];
            double distance = x - WeightStudy.Data.Mean(k)[0];
            sum += WeightStudy.Data.Weights[k] * Math.Exp(-0.5 * distance * distance / variance)
                / Math.Sqrt(2.0 * Math.PI * variance);
        }

        return sum;
    }
}
