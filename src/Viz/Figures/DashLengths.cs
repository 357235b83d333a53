namespace ScoreGpu.Viz;

internal static class DashLengths
{
    /// <summary>Lengths drawn and skipped, in points, for a line of the given width.</summary>
    public static double[]? For(this Dash dash, double width) => dash switch
    {
        Dash.Solid => null,
        Dash.Dashed => [width * 3.7, width * 2],
        Dash.Dotted => [width, width * 1.8],
        Dash.DashDotted => [width * 5, width * 2, width, width * 2],
        _ => throw new ArgumentOutOfRangeException(nameof(dash), dash, "Expected a named kind of dash."),
    };
}
