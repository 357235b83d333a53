namespace ScoreGpu.Viz.Labs.Sde.Figures;

/// <summary>Values around zero as two families of bands; what is near zero stays the panel's ground.</summary>
internal static class SignedField
{
    private const int Bands = 9;

    private static readonly ColorMap Warm = new("warm", "#f7c9a4", "#ee8a4f", "#d3502a", "#9c2417");
    private static readonly ColorMap Cold = new("cold", "#b4d3f6", "#6aa5ea", "#2f6fd0", "#1c3f94");

    /// <summary>Fills a panel.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="values">The values.</param>
    /// <param name="largest">The value of the deepest colours.</param>
    public static Panel Draw(Panel panel, ScalarGrid values, double largest)
    {
        ScalarGrid clamped = new(
            values.X, values.Y, Array.ConvertAll(values.Values, v => Math.Clamp(v, -0.999 * largest, 0.999 * largest)));
        double[] rising = [.. Enumerable.Range(0, Bands + 1).Select(i => largest * (i + 0.5) / (Bands + 0.5))];
        ScalarGrid negated = new(values.X, values.Y, Array.ConvertAll(clamped.Values, v => -v));
        return panel.NoGrid().Contours(negated, rising, Cold).Contours(clamped, rising, Warm);
    }
}
