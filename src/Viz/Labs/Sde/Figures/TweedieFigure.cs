using System.Globalization;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Viz.Labs.Figures;

namespace ScoreGpu.Viz.Labs.Sde.Figures;

/// <summary>Tweedie's formula beside means over pairs.</summary>
internal static class TweedieFigure
{
    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(ScoreProperties properties)
    {
        Figure figure = new(11, 4, columns: properties.Tweedie.Count);
        for (int i = 0; i < properties.Tweedie.Count; i++)
        {
            TweedieStudy study = properties.Tweedie[i];
            GaussianMixture noisy = SdeProcesses.At(SdeProcesses.Line, SdeProcesses.Vp, study.Time);
            double low = study.Bins[0].Centre;
            double high = study.Bins[^1].Centre;
            Column x = Column.Even(low, high, 201);
            double[] scores = noisy.Scores(x.Values);
            Column formula = x.Values
                .Select((at, k) => SdeProcesses.Vp.DenoisedFromScore(at, scores[k], study.Time)).ToArray();
            Points means = Points.Of([.. study.Bins.Select(bin => (bin.Centre, bin.Clean.Value))]);
            Points below = Points.Of([.. study.Bins.Select(bin => (bin.Centre, bin.Clean.Value - Two(bin)))]);
            Points above = Points.Of([.. study.Bins.Select(bin => (bin.Centre, bin.Clean.Value + Two(bin)))]);
            Panel panel = figure[0, i]
                .Title($"t = {Text(study.Time)}\nα = {Text(study.Alpha)}, σ = {Text(study.Sigma)}")
                .XLabel("noisy point x").YLimits(-3.6, 4.6)
                .HorizontalLine(-2, color: Ink.Muted, width: 0.7, dash: Dash.Dotted)
                .HorizontalLine(3, color: Ink.Muted, width: 0.7, dash: Dash.Dotted)
                .Line(x, x.Map(at => at / study.Alpha), color: Ink.Slate, width: 1.4, dash: Dash.Dashed, label: "x/α")
                .Line(x, formula, color: LabInks.Exact, width: 2.4, label: "Tweedie")
                .Segments(below, above, color: LabInks.Centre, width: 1.2)
                .Scatter(means, color: LabInks.Centre, size: 4.5, label: "mean of pairs");
            if (i == 0)
            {
                panel.YLabel("clean data").Legend(LegendPlacement.UpperLeft);
            }
        }

        return new LabFigure(
            "tweedie",
            "The clean data expected at each noisy point: Tweedie's curve through the means of simulated pairs, at three "
            + "times.",
            figure);
    }

    private static double Two(TweedieBin bin) => 2 * bin.Clean.StandardError;

    private static string Text(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
