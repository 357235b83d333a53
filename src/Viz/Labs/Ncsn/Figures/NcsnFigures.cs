namespace ScoreGpu.Viz.Labs.Ncsn.Figures;

/// <summary>Every figure of the lab.</summary>
internal static class NcsnFigures
{
    /// <summary>Draws all figures, in the page's order.</summary>
    public static IReadOnlyList<LabFigure> Draw(NcsnData data) => [];
}
