using System.Globalization;
using ScoreGpu.Viz.Labs.Figures;

namespace ScoreGpu.Viz.Labs.ScoreFunctions.Figures;

/// <summary>Exercise 1: each density of the line beside its score, with every zero crossing.</summary>
internal static class ScorePanelsFigure
{
    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(AnalyticScores scores)
    {
        Figure figure = new(10, 9.4, rows: scores.Cases.Count, columns: 2);
        Column x = Column.Even(-AnalyticScores.Reach, AnalyticScores.Reach, 801);
        for (int row = 0; row < scores.Cases.Count; row++)
        {
            ScoreCase density = scores.Cases[row];
            bool isLast = row == scores.Cases.Count - 1;
            Column p = Array.ConvertAll(density.Density.LogDensities(x.Values), Math.Exp);
            Panel left = figure[row, 0]
                .Title($"{density.Title}\nprobability density").YLabel("p(x)").XLabel(isLast ? "x" : "")
                .XLimits(-AnalyticScores.Reach, AnalyticScores.Reach)
                .Fill(x, p, color: LabInks.Density)
                .Line(x, p, color: LabInks.Density, width: 2)
                .YLimits(0, p.Values.Max() * (density.Zeros.Count > 1 ? 1.5 : 1.1));
            Panel right = figure[row, 1]
                .Title($"{density.Title}\nscore d/dx log p(x)").YLabel("score").XLabel(isLast ? "x" : "")
                .XLimits(-AnalyticScores.Reach, AnalyticScores.Reach).YLimits(-6, 6)
                .HorizontalLine(0, color: Ink.Muted, dash: Dash.Solid, width: 0.6)
                .Line(x, density.Density.Scores(x.Values), color: LabInks.Implied, width: 2);
            foreach (ScoreZero zero in density.Zeros)
            {
                Ink ink = zero.IsPeak ? LabInks.Centre : Ink.Cyan;
                string kind = zero.IsPeak ? "peak" : "valley";
                string place = zero.X.ToString("0.###", CultureInfo.InvariantCulture).Replace('-', '−');
                left.VerticalLine(zero.X, color: ink, alpha: 0.8, label: $"{kind} at {place}");
                right.VerticalLine(zero.X, color: ink, alpha: 0.8);
            }

            Mark(right, density.Zeros.Where(zero => zero.IsPeak), LabInks.Centre);
            Mark(right, density.Zeros.Where(zero => !zero.IsPeak), Ink.Cyan);
            left.Legend(density.Zeros.Count > 1 ? LegendPlacement.UpperRight : LegendPlacement.Best);
        }

        return new LabFigure(
            "scores-1d",
            "Three densities on the line on the left and their scores on the right, with dots where a score is zero.",
            figure);
    }

    private static void Mark(Panel panel, IEnumerable<ScoreZero> zeros, Ink ink)
    {
        Points at = Points.Of([.. zeros.Select(zero => (zero.X, 0.0))]);
        if (at.Count > 0)
        {
            panel.Scatter(at, color: ink, size: 8, edge: Ink.Background);
        }
    }
}
