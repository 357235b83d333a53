using ScoreGpu.Engine.Processes;
using ScoreGpu.Viz.Labs.Figures;

namespace ScoreGpu.Viz.Labs.Ncsn.Figures;

/// <summary>By how much an error of a prediction counts in the clean data, and in the noise.</summary>
internal static class ConversionFigure
{
    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw()
    {
        Figure figure = new(10, 4.3, columns: 2);
        Fill(figure[0, 0], Prediction.Denoised).Title("Error in x₀\nof an error of 1 in the prediction");
        Fill(figure[0, 1], Prediction.Epsilon).Title("Error in ε\nof an error of 1 in the prediction")
            .Legend(LegendPlacement.UpperRight);
        return new LabFigure(
            "conversions",
            "How an error in each prediction is magnified on the way to the clean data and to the noise, over time: that "
            + "of v never is.",
            figure);
    }

    private static Panel Fill(Panel panel, Prediction to)
    {
        Column t = Column.Even(0.004, 1, 250);
        return panel
            .XLabel("t").YLabel("magnification").LogY().YLimits(5e-3, 200)
            .HorizontalLine(1, color: Ink.Muted, dash: Dash.Solid, width: 0.8)
            .Line(t, Of(Prediction.Epsilon), color: LabInks.Density, width: 2.2, label: "ε is predicted")
            .Line(t, Of(Prediction.Denoised), color: LabInks.Centre, width: 2.2, label: "x₀ is predicted")
            .Line(t, Of(Prediction.V), color: LabInks.Implied, width: 2.2, label: "v is predicted");

        Column Of(Prediction from) => t.Map(time => ConversionStudy.Magnification(from, to, time));
    }
}
