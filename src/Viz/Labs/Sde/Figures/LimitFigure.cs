using System.Globalization;
using ScoreGpu.Viz.Labs.Figures;

namespace ScoreGpu.Viz.Labs.Sde.Figures;

/// <summary>Exercise 3: how DDPM approaches VP as its steps multiply.</summary>
internal static class LimitFigure
{
    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(DdpmLimit limit)
    {
        Figure figure = new(11, 4.1, columns: 2);
        Column steps = limit.Rows.Select(row => (double)row.Steps).ToArray();
        Panel coefficients = figure[0, 0]
            .Title("Coefficients\nthe schedule against the process").XLabel("T").YLabel("error").LogX().LogY();
        Add(coefficients, LabInks.Density, row => row.AlphaBarError, "largest error of ᾱ");
        Add(coefficients, LabInks.Implied, row => row.StepError, "last step: √(1 − β)");
        Panel samples = figure[0, 1]
            .Title("Samples\nmedian distance of the ends").XLabel("T").YLabel("distance").LogX().LogY();
        Add(samples, SdeInks.Sde, row => row.ChainToSde, "DDPM to reverse SDE");
        Add(samples, SdeInks.Flow, row => row.DdimToFlow, "DDIM to probability flow");
        coefficients.Legend(LegendPlacement.LowerLeft);
        samples.Legend(LegendPlacement.LowerLeft);
        return new LabFigure(
            "limit", "Four errors against the number of steps T, straight lines on logarithmic axes.", figure);

        void Add(Panel panel, Ink ink, Func<DdpmLimitRow, double> error, string label) => panel.Line(
            steps,
            limit.Rows.Select(error).ToArray(),
            color: ink,
            width: 2,
            marker: Marker.Circle,
            label: $"{label}, slope {limit.Slope(error).ToString("0.00", CultureInfo.InvariantCulture).Replace('-', '−')}");
    }
}
