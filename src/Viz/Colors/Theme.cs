namespace ScoreGpu.Viz;

/// <summary>The colours of a page. The palette's eight hues keep their order in every theme.</summary>
public sealed class Theme
{
    /// <summary>How many categorical colours a theme has.</summary>
    public const int PaletteSize = 8;

    private Theme(
        string name, string background, string panel, string foreground, string muted, string grid,
        ColorMap density, ColorMap vectors, string[] palette)
    {
        Name = name;
        Background = Color.Parse(background);
        Panel = Color.Parse(panel);
        Foreground = Color.Parse(foreground);
        Muted = Color.Parse(muted);
        Grid = Color.Parse(grid);
        DensityMap = density;
        VectorMap = vectors;
        Palette = Array.ConvertAll(palette, Color.Parse);
    }

    /// <summary>Light marks on a near-black blue.</summary>
    public static Theme Dark { get; } = new(
        "dark", "#0b1020", "#0f172a", "#e8edf5", "#9fb0c7", "#273449", ColorMap.Night, ColorMap.Cool,
        ["#60a5fa", "#f97316", "#a78bfa", "#34d399", "#f472b6", "#fbbf24", "#22d3ee", "#94a3b8"]);

    /// <summary>Dark marks on white.</summary>
    public static Theme Light { get; } = new(
        "light", "#ffffff", "#fbfcfe", "#182234", "#526178", "#dfe5ee", ColorMap.Day, ColorMap.Dusk,
        ["#2563eb", "#ea580c", "#7c3aed", "#059669", "#db2777", "#b7791f", "#0891b2", "#64748b"]);

    /// <summary>The theme's name, in lower case.</summary>
    public string Name { get; }

    /// <summary>Whether marks are lighter than the page.</summary>
    internal bool IsDark => ReferenceEquals(this, Dark);

    /// <summary>The page.</summary>
    public Color Background { get; }

    /// <summary>The ground of a panel.</summary>
    public Color Panel { get; }

    /// <summary>Titles, and marks that must stand out.</summary>
    public Color Foreground { get; }

    /// <summary>Tick labels, frames and second lines.</summary>
    public Color Muted { get; }

    /// <summary>Grid lines.</summary>
    public Color Grid { get; }

    /// <summary>The map for densities: from the panel's ground to its opposite.</summary>
    public ColorMap DensityMap { get; }

    /// <summary>The map for vectors: every colour stands out from the panel's ground.</summary>
    public ColorMap VectorMap { get; }

    /// <summary>The categorical colours: blue, orange, violet, green, pink, yellow, cyan, grey.</summary>
    public IReadOnlyList<Color> Palette { get; }
}
