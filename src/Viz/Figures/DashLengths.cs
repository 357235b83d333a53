namespace ScoreGpu.Viz;

internal static class DashLengths
{
    /// <summary>Lengths drawn and skipped, in points, for a line of the given width.</summary>
    public static double[]? For(this Dash dash, double width)
    {
        // Hairlines would otherwise be cut into more pieces than can be told apart.
        double unit = Math.Max(width, 0.5);
        return dash switch
        {
            Dash.Solid => null,
            Dash.Dashed => [unit * 3.7, unit * 2],
            Dash.Dotted => [unit, unit * 1.8],
            Dash.DashDotted => [unit * 5, unit * 2, unit, unit * 2],
            _ => throw new ArgumentOutOfRangeException(nameof(dash), dash, "Expected a named kind of dash."),
        };
    }
}
