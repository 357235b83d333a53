namespace ScoreGpu.Viz;

/// <summary>How a density becomes a position in a colour map, relative to its peak.</summary>
public enum ToneMapping
{
    /// <summary>v / peak.</summary>
    Linear,

    /// <summary>√(v / peak).</summary>
    SquareRoot,

    /// <summary>ln(1 + c·v / peak) / ln(1 + c): with c = 1000, a thousandth of the peak is still seen.</summary>
    Logarithmic,

    /// <summary>The share of the cells that hold any whose density is lower: every colour takes as many cells.</summary>
    Equalised,
}

/// <summary>The formulas of <see cref="ToneMapping"/>.</summary>
internal static class ToneMappings
{
    /// <summary>ln(1 + c·v) / ln(1 + c).</summary>
    /// <param name="relative">v, the density relative to its peak.</param>
    /// <param name="contrast">c, above 0.</param>
    public static double Logarithmic(double relative, double contrast) =>
        Math.Log(1 + (contrast * relative)) / Math.Log(1 + contrast);
}
