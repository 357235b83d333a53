using System.Globalization;
using ScoreGpu.Viz.Labs.Figures;

namespace ScoreGpu.Viz.Labs.ScoreMatching.Figures;

/// <summary>The time of a training step against the dimension.</summary>
internal static class CostFigure
{
    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(StepCost cost)
    {
        Figure figure = new(10, 4.6, columns: 2);
        double[] d = [.. cost.Dimensions.Select(dimension => (double)dimension)];
        Panel times = figure[0, 0]
            .Title("Time of a step\nleast of several, with c·D to a power fitted")
            .XLabel("dimension D").YLabel("milliseconds").LogX().LogY();
        foreach ((StepTimes objective, Ink ink, Marker marker) in new[]
        {
            (cost.Hyvarinen, LabInks.Centre, Marker.Square),
            (cost.Sliced, LabInks.Implied, Marker.Triangle),
            (cost.Denoising, LabInks.Exact, Marker.Circle),
        })
        {
            string exponent = objective.Fit.Exponent.ToString("0.00", CultureInfo.InvariantCulture).Replace('-', '−');
            double[] upper = d[Math.Min(d.Length / 2, d.Length - 2)..];
            times
                .Line(upper, Array.ConvertAll(upper, at => 1e3 * objective.Fit.At(at)), color: ink, width: 1,
                    dash: Dash.Dashed)
                .Line(d, objective.Seconds.Select(s => 1e3 * s).ToArray(), color: ink, width: 1.8, marker: marker,
                    markerSize: 6, label: $"{objective.Label}: D^{exponent}");
        }

        times.Legend(LegendPlacement.UpperLeft);
        figure[0, 1]
            .Title("Against denoising\ndenoising steps that one step costs")
            .XLabel("dimension D").YLabel("times").LogX().LogY()
            .Line(d, cost.Ratios.ToArray(), color: LabInks.Centre, width: 1.8, marker: Marker.Square, markerSize: 6,
                label: "Hyvärinen")
            .Line(d, cost.Sliced.Seconds.Zip(cost.Denoising.Seconds, (a, b) => a / b).ToArray(), color: LabInks.Implied,
                width: 1.8, marker: Marker.Triangle, markerSize: 6, label: "sliced")
            .Line(d, Array.ConvertAll(d, at => at + 1), color: Ink.Muted, width: 1, dash: Dash.Dotted,
                label: "D + 1 columns")
            .Legend(LegendPlacement.UpperLeft);
        return new LabFigure(
            "cost",
            "Times of a Hyvärinen, a sliced and a denoising step against the dimension, and their ratios.",
            figure);
    }
}
