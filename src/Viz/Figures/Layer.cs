using ScoreGpu.Viz.Drawing;
using ScoreGpu.Viz.Layout;

namespace ScoreGpu.Viz;

/// <summary>One thing drawn in a panel. Layers are drawn in the order in which they were added.</summary>
internal abstract record Layer
{
    private protected Layer()
    {
    }

    /// <summary>The layer's name in the legend; without one it has no entry.</summary>
    public string? Label { get; init; }

    /// <summary>The opacity of its colours, in [0, 1].</summary>
    public double Alpha { get; init; } = 1;

    /// <summary>The layer's colour; without one it takes the next of the theme's palette.</summary>
    public Ink? Color { get; init; }

    /// <summary>The place in the palette of a layer without a colour.</summary>
    internal int CycleIndex { get; init; }

    /// <summary>Whether the layer takes a colour from the palette when it was given none.</summary>
    internal virtual bool UsesCycle => true;

    /// <summary>The layer's class in SVG.</summary>
    internal abstract string Kind { get; }

    internal virtual Extent XExtent => Extent.Empty;

    internal virtual Extent YExtent => Extent.Empty;

    internal abstract void Draw(ICanvas canvas, Frame frame);

    /// <summary>Draws the sample beside the layer's name in a legend.</summary>
    internal virtual void DrawKey(ICanvas canvas, Rect area, Theme theme)
        => canvas.Fill(PathData.Rectangle(area with { Top = area.Top + 1, Bottom = area.Bottom - 1 }), Shade(theme));

    /// <summary>The colours that a colour bar beside the panel explains.</summary>
    internal virtual ColorScale? ScaleFor(Theme theme) => null;

    /// <summary>The colour of the layer's sample in a legend: faint marks need one that can be seen.</summary>
    internal Color KeyShade(Theme theme)
    {
        Color color = Shade(theme);
        return color with { Alpha = Math.Max(color.Alpha, 0.7) };
    }

    /// <summary>The layer's colour in a theme, with its opacity.</summary>
    internal Color Shade(Theme theme) => (Color ?? Ink.Cycle(CycleIndex)).In(theme).Fade(Alpha);
}
