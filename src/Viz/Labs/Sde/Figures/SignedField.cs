namespace ScoreGpu.Viz.Labs.Sde.Figures;

/// <summary>Values around zero as two families of bands; what is near zero stays the panel's ground.</summary>
internal static class SignedField
{
    private const int Bands = 9;

    private static readonly ColorMap Warm = new("warm", "#f7c9a4", "#ee8a4f", "#d3502a", "#9c2417");
    private static readonly ColorMap Cold = new("cold", "#1c3f94", "#2f6fd0", "#6aa5ea", "#b4d3f6");

    /// <summary>Fills a panel.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="values">The values.</param>
    /// <param name="largest">The value of the deepest colours.</param>
    public static Panel Draw(Panel panel, ScalarGrid values, double largest)
    {
        ScalarGrid clamped = new(
            values.X, values.Y, Array.ConvertAll(values.Values, v => Math.Clamp(v, -0.999 * largest, 0.999 * largest)));
        double[] rising = [.. Enumerable.Range(0, Bands + 1).Select(i => largest * (i + 0.5) / (Bands + 0.5))];
        double[] falling = [.. rising.Reverse().Select(level => -level)];
        return panel.NoGrid().Contours(clamped, falling, Cold).Contours(clamped, rising, Warm);
    }
}
