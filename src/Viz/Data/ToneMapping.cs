namespace ScoreGpu.Viz;

/// <summary>How a density becomes a position in a colour map, relative to its peak.</summary>
public enum ToneMapping
{
    /// <summary>v / peak.</summary>
    Linear,

    /// <summary>√(v / peak).</summary>
    SquareRoot,

    /// <summary>ln(1 + 1000 v / peak) / ln 1001: a thousandth of the peak is still seen.</summary>
    Logarithmic,
}
