namespace ScoreGpu.Viz.Labs.Sde.Figures;

/// <summary>Every figure of the lab.</summary>
internal static class SdeFigures
{
    /// <summary>Draws all figures, in the page's order.</summary>
    public static IReadOnlyList<LabFigure> Draw(SdeData data) =>
    [
        ZerosFigure.Draw(data.Properties),
        TweedieFigure.Draw(data.Properties),
        ForwardFigure.Draw(data.Forward),
        MarginalsFigure.Draw(data.Forward),
        VarianceFigure.Draw(data.Forward),
        VariantsFigure.Draw(data.Variants),
        PathsFigure.Draw(data.Reverse),
        LimitFigure.Draw(data.Limit),
        LikelihoodFigure.Draw(data.Likelihood),
        TraceFigure.Draw(data.Traces),
        OrdersFigure.Draw(data.Orders),
        QualityFigure.Draw(data),
        CorrectorFigure.Draw(data.Correctors),
        SameMarginalsFigure.Draw(data.Reverse),
        FokkerPlanckFigure.Draw(data.Equations),
    ];
}
