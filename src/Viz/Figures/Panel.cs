namespace ScoreGpu.Viz;

/// <summary>
/// One pair of axes and what is drawn in it. Methods return the panel, so that a picture reads as one sentence.
/// </summary>
public sealed partial class Panel
{
    private readonly List<Layer> _layers = [];

    internal Panel()
    {
    }

    /// <summary>What is drawn, from the bottom to the top.</summary>
    internal IReadOnlyList<Layer> Layers => _layers;

    internal string TitleText { get; private set; } = "";

    internal string XLabelText { get; private set; } = "";

    internal string YLabelText { get; private set; } = "";

    internal IReadOnlyList<string> XNameTexts { get; private set; } = [];

    internal (double Min, double Max)? XRange { get; private set; }

    internal (double Min, double Max)? YRange { get; private set; }

    internal bool IsEqualAspect { get; private set; }

    internal bool IsLogX { get; private set; }

    internal bool IsLogY { get; private set; }

    internal bool HasGrid { get; private set; } = true;

    internal bool HasAxes { get; private set; } = true;

    internal LegendPlacement? LegendAt { get; private set; }

    internal string? ColorBarLabel { get; private set; }

    /// <summary>
    /// The panel's title; its lines are separated by <c>\n</c>, and all but the first are set lighter.
    /// </summary>
    public Panel Title(string title)
    {
        ArgumentNullException.ThrowIfNull(title);
        TitleText = title;
        return this;
    }

    /// <summary>What the abscissa is.</summary>
    public Panel XLabel(string label)
    {
        ArgumentNullException.ThrowIfNull(label);
        XLabelText = label;
        return this;
    }

    /// <summary>Names under the abscissas 1, 2, 3, … in place of numbers: a bar or a group each.</summary>
    public Panel XNames(IReadOnlyList<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        XNameTexts = names;
        return XLimits(0.4, Math.Max(1, names.Count) + 0.6);
    }

    /// <summary>What the ordinate is.</summary>
    public Panel YLabel(string label)
    {
        ArgumentNullException.ThrowIfNull(label);
        YLabelText = label;
        return this;
    }

    /// <summary>The ends of the abscissa; without them, those of the data and a margin.</summary>
    /// <exception cref="ArgumentException">An end is not finite, or they are not in order.</exception>
    public Panel XLimits(double min, double max)
    {
        Require.Increasing(min, max, nameof(min), nameof(max));
        XRange = (min, max);
        return this;
    }

    /// <summary>The ends of the ordinate; without them, those of the data and a margin.</summary>
    /// <exception cref="ArgumentException">An end is not finite, or they are not in order.</exception>
    public Panel YLimits(double min, double max)
    {
        Require.Increasing(min, max, nameof(min), nameof(max));
        YRange = (min, max);
        return this;
    }

    /// <summary>Both axes from −<paramref name="reach"/> to <paramref name="reach"/>, equally scaled.</summary>
    /// <exception cref="ArgumentException">The reach is not above 0.</exception>
    public Panel Square(double reach)
    {
        Require.Positive(reach);
        return XLimits(-reach, reach).YLimits(-reach, reach).EqualAspect();
    }

    /// <summary>Makes a unit of the abscissa as long as one of the ordinate, by making the panel smaller.</summary>
    public Panel EqualAspect()
    {
        IsEqualAspect = true;
        return this;
    }

    /// <summary>Makes the abscissa logarithmic; data at or below 0 fall on its left end.</summary>
    public Panel LogX()
    {
        IsLogX = true;
        return this;
    }

    /// <summary>Makes the ordinate logarithmic; data at or below 0 fall on its lower end.</summary>
    public Panel LogY()
    {
        IsLogY = true;
        return this;
    }

    /// <summary>Leaves the grid lines out.</summary>
    public Panel NoGrid()
    {
        HasGrid = false;
        return this;
    }

    /// <summary>Leaves out everything but the data: frame, grid, ticks and their labels.</summary>
    public Panel NoAxes()
    {
        HasAxes = false;
        HasGrid = false;
        return this;
    }

    /// <summary>Shows a legend of the layers that have a label; layers of one label share its entry.</summary>
    public Panel Legend(LegendPlacement placement = LegendPlacement.Best)
    {
        LegendAt = placement;
        return this;
    }

    /// <summary>Shows, to the right, the colour scale of the topmost layer that has one.</summary>
    public Panel ColorBar(string label = "")
    {
        ArgumentNullException.ThrowIfNull(label);
        ColorBarLabel = label;
        return this;
    }

    private Panel Add(Layer layer)
    {
        int cycled = _layers.Count(earlier => earlier.UsesCycle && earlier.Color is null);
        _layers.Add(layer.Color is null ? layer with { CycleIndex = cycled } : layer);
        return this;
    }
}
