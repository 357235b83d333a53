using ScoreGpu.Viz.Labs.Figures;

namespace ScoreGpu.Viz.Labs.ScoreFunctions.Figures;

/// <summary>Exercise 2: the score field of the two peaks without noise.</summary>
internal static class CleanFieldFigure
{
    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(NoisyFields fields)
    {
        Figure figure = new(8, 7);
        FieldPanel.Draw(figure[0, 0], fields.At(0.0).Density, 0.6)
            .Title("Score field of two peaks\nlength ∝ √‖score‖, colour: ‖score‖")
            .XLabel("x₁").YLabel("x₂")
            .ColorBar("‖∇ log p‖");
        return new LabFigure(
            "field-clean",
            "Arrows of the score over contours of a density with two peaks; they run into the peak of their side.",
            figure);
    }
}
