namespace ScoreGpu.Viz.Labs.ScoreMatching.Figures;

/// <summary>Every figure of the lab.</summary>
internal static class ScoreMatchingFigures
{
    /// <summary>Draws all figures, in the page's order.</summary>
    public static IReadOnlyList<LabFigure> Draw(ScoreMatchingData data) =>
    [
        LossesFigure.Draw(data),
        LearnedFieldsFigure.Draw(data),
        ErrorMapFigure.Draw(data),
        ChainsFigure.Draw(data),
        WidthsFigure.Draw(data),
        SummaryFigure.Draw(data),
        IdentityFigure.Draw(data.Identity),
        CostFigure.Draw(data.Cost),
        SigmaFigure.Draw(data),
        UnlikeWeightsFigure.Draw(data),
    ];
}
