using System.Globalization;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Viz.Labs.Sde.Figures;

/// <summary>Exercise 4: the error of Hutchinson's estimator, true and stated.</summary>
internal static class TraceFigure
{
    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(TraceStudy study)
    {
        Figure figure = new(8.4, 4.4);
        Panel panel = figure[0, 0]
            .Title("Hutchinson’s estimator\nroot mean square error of ln p").XLabel("probes a point").YLabel("nats")
            .LogX().LogY()
            .YLimits(0.02 * study.Rows.Min(row => row.Rms), 2 * study.Rows.Max(row => row.Rms));
        foreach ((ProbeKind kind, Ink ink) in new[] { (ProbeKind.Gaussian, Ink.Orange), (ProbeKind.Rademacher, Ink.Cyan) })
        {
            IReadOnlyList<TraceRow> rows = study.Of(kind);
            string slope = study.Slope(kind).ToString("0.00", CultureInfo.InvariantCulture).Replace('-', '−');
            Column probes = rows.Select(row => (double)row.Probes).ToArray();
            panel
                .Line(probes, rows.Select(row => row.Rms).ToArray(), color: ink, width: 2, marker: Marker.Circle,
                    label: $"{kind}, slope {slope}")
                .Line(probes, rows.Select(row => row.Stated).ToArray(), color: ink, width: 1.4, dash: Dash.Dotted,
                    label: $"{kind}, standard error stated");
        }

        panel.Legend(LegendPlacement.LowerLeft);
        return new LabFigure(
            "traces", "True and stated errors of the estimated log-density against the number of probes.", figure);
    }
}
