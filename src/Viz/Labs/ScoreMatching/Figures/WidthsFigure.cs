using System.Globalization;
using ScoreGpu.Viz.Labs.Figures;

namespace ScoreGpu.Viz.Labs.ScoreMatching.Figures;

/// <summary>The second coordinate, in which both clusters are one Gaussian: samples against p and p_σ.</summary>
internal static class WidthsFigure
{
    private const double Reach = 2.2;
    private const int Bins = 44;

    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(ScoreMatchingData data)
    {
        Figure figure = new(10, 4.2, columns: 2);
        string sigma = data.Settings.Sigma.ToString(CultureInfo.InvariantCulture);
        double clean = Math.Sqrt(LangevinPredictions.CleanVariance);
        double noised = Math.Sqrt(LangevinPredictions.NoisedVariance(data.Settings.Sigma));
        Fill(figure[0, 0], "Hyvärinen’s samples", data.Langevin[ScoreMatchingRun.HyvarinenKey]).YLabel("density");
        Fill(figure[0, 1], "Denoising samples", data.Langevin[ScoreMatchingRun.DenoisingKey]);
        return new LabFigure(
            "widths",
            "Histograms of the second coordinate of both sets of samples, with the densities of data and noised data.",
            figure);

        Panel Fill(Panel panel, string title, LangevinRun run)
        {
            Column x = Column.Even(-Reach, Reach, 301);
            return panel
                .Title($"{title}\nthe second coordinate").XLabel("x₂").XLimits(-Reach, Reach).YLimits(0, 1.75)
                .Histogram(
                    Column.Of(run.Points.Values, 2, 1), Bins, (-Reach, Reach), LabInks.Implied, 0.45, "samples")
                .Line(x, x.Map(v => Gaussian(v, clean)), color: LabInks.Density, width: 2, label: "data")
                .Line(x, x.Map(v => Gaussian(v, noised)), color: LabInks.Exact, width: 2, dash: Dash.Dashed,
                    label: $"data + noise {sigma}")
                .Legend(LegendPlacement.UpperRight);
        }
    }

    private static double Gaussian(double x, double std) =>
        Math.Exp(-0.5 * (x / std) * (x / std)) / (std * Math.Sqrt(2.0 * Math.PI));
}
