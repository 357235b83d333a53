using System.Globalization;
using ScoreGpu.Viz.Labs.Figures;
using ScoreGpu.Viz.Labs.Training;

namespace ScoreGpu.Viz.Labs.ScoreFunctions.Figures;

/// <summary>Exercise 3: how close both models and the direction to the nearest centre are to the score, for every t.
/// </summary>
internal static class AgreementFigure
{
    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(ScoreFunctionsData data)
    {
        IReadOnlyList<ScoreAgreement> brief = data.ShortAgreement.Curve;
        IReadOnlyList<ScoreAgreement> thorough = data.LongAgreement.Curve;
        double[] t = [.. brief.Select(row => (double)row.Step)];
        string few = Steps(data.Short);
        string many = Steps(data.Long);
        Figure figure = new(10, 4.3, columns: 2);
        figure[0, 0]
            .Title("Direction\nmean cosine to the exact score").XLabel("t").YLabel("cosine").YLimits(-0.62, 1.08)
            .HorizontalLine(1, color: Ink.Muted, dash: Dash.Solid, width: 0.6)
            .HorizontalLine(0, color: Ink.Muted, dash: Dash.Solid, width: 0.6)
            .Line(t, Curve(thorough, row => row.CosineToExact), color: LabInks.Implied, width: 2.2, label: many)
            .Line(t, Curve(brief, row => row.CosineToExact), color: Ink.Pink, width: 2.2, label: few)
            .Line(t, Curve(brief, row => row.ExactCosineToNearest), color: LabInks.Centre, width: 1.8,
                dash: Dash.Dashed, label: "to the nearest centre")
            .Line(t, Curve(brief, row => row.ExactCosineToShrunken), color: Ink.Yellow, width: 1.8,
                dash: Dash.Dotted, label: "to the nearest √ᾱ·centre")
            .Legend(LegendPlacement.LowerRight);
        figure[0, 1]
            .Title("Size and direction\nmedian of ‖implied − exact‖ / ‖exact‖").XLabel("t").YLabel("relative error")
            .LogY()
            .Line(t, Curve(brief, row => row.MedianRelativeError), color: Ink.Pink, width: 2.2, label: few)
            .Line(t, Curve(thorough, row => row.MedianRelativeError), color: LabInks.Implied, width: 2.2, label: many)
            .Legend();
        return new LabFigure(
            "agreement",
            "Curves over t: cosine and relative error of both models against the exact score.",
            figure);
    }

    private static Column Curve(IReadOnlyList<ScoreAgreement> rows, Func<ScoreAgreement, double> value) =>
        rows.Select(value).ToArray();

    private static string Steps(TrainedModel model) =>
        $"model, {model.Losses.Count.ToString("N0", CultureInfo.InvariantCulture)} steps";
}
