namespace ScoreGpu.Viz.Labs.FlowMatching.Figures;

/// <summary>Every figure of the lab.</summary>
internal static class FlowMatchingFigures
{
    /// <summary>Draws all figures, in the page's order.</summary>
    public static IReadOnlyList<LabFigure> Draw(FlowMatchingData data) =>
    [
        InterpolationFigure.Draw(data),
        MarginalFigure.Draw(data),
        AccelerationFigure.Draw(data),
        EulerFigure.Draw(data),
        FlowLossFigure.Draw(data),
        ConversionFigure.Draw(data),
        EvaluationsFigure.Draw(data),
        RectifiedPathsFigure.Draw(data),
        RectifiedQualityFigure.Draw(data),
    ];
}
