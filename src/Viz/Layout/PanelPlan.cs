using ScoreGpu.Viz.Drawing;

namespace ScoreGpu.Viz.Layout;

/// <summary>How much room a panel's labels take around its box, in points.</summary>
internal readonly record struct Margins(double Left, double Top, double Right, double Bottom);

/// <summary>A panel with what its layout decided: limits, ticks, margins and, at last, its box on the page.</summary>
internal sealed class PanelPlan
{
    public const double TickLength = 3;
    public const double TickGap = 3;
    public const double LabelGap = 5;
    public const double TitleGap = 6;

    private readonly Typography _type;
    private readonly bool _labelsX;
    private readonly bool _labelsY;

    public PanelPlan(
        Panel panel,
        Theme theme,
        Typography type,
        (double Min, double Max) x,
        (double Min, double Max) y,
        bool labelsX,
        bool labelsY)
    {
        Panel = panel;
        Theme = theme;
        _type = type;
        (XLimits, YLimits) = (x, y);
        (_labelsX, _labelsY) = (labelsX, labelsY);
        Scale = panel.ColorBarLabel is null
            ? null
            : panel.Layers.Select(layer => layer.ScaleFor(theme)).LastOrDefault(scale => scale is not null);
    }

    public Panel Panel { get; }

    public Theme Theme { get; }

    public (double Min, double Max) XLimits { get; }

    public (double Min, double Max) YLimits { get; }

    /// <summary>What the colour bar shows, if there is one.</summary>
    public ColorScale? Scale { get; }

    public IReadOnlyList<Tick> XTicks { get; private set; } = [];

    public IReadOnlyList<Tick> YTicks { get; private set; } = [];

    public IReadOnlyList<Tick> ScaleTicks { get; private set; } = [];

    public Margins Margins { get; private set; }

    public Rect Box { get; private set; }

    public bool LabelsX => _labelsX && Panel.HasAxes;

    public bool LabelsY => _labelsY && Panel.HasAxes;

    public Frame Frame => new(
        new AxisMap(XLimits.Min, XLimits.Max, Box.Left, Box.Right, Panel.IsLogX),
        new AxisMap(YLimits.Min, YLimits.Max, Box.Bottom, Box.Top, Panel.IsLogY),
        Box,
        Theme);

    /// <summary>
    /// Puts the box in the middle of an area, smaller if the panel's aspect asks for it, and chooses ticks.
    /// </summary>
    public void Fit(Rect area)
    {
        Box = area;
        if (Panel.IsEqualAspect)
        {
            double ratio = (XLimits.Max - XLimits.Min) / (YLimits.Max - YLimits.Min);
            double width = Math.Min(area.Width, area.Height * ratio);
            double height = width / ratio;
            Box = Rect.FromSize(area.Centre.X - (width / 2), area.Centre.Y - (height / 2), width, height);
        }

        XTicks = Panel.HasAxes ? Across() : [];
        YTicks = Panel.HasAxes ? Stack(YLimits, Box.Height, Panel.IsLogY) : [];
        ScaleTicks = Scale is null ? [] : Stack(ScaleLimits, Box.Height, isLog: false);
        Margins = Measure();
    }

    /// <summary>The ends of the colour bar, never equal.</summary>
    public (double Min, double Max) ScaleLimits => Scale is null || Scale.Max <= Scale.Min
        ? ((Scale?.Min ?? 0) - 0.5, (Scale?.Min ?? 0) + 0.5)
        : (Scale.Min, Scale.Max);

    /// <summary>The widest of the labels beside an axis.</summary>
    public double WidestLabel(IReadOnlyList<Tick> ticks)
        => ticks.Select(tick => Typography.Measure(tick.Label, _type.Tick)).DefaultIfEmpty(0).Max();

    private IReadOnlyList<Tick> Across() => Panel.XNameTexts.Count > 0
        ? [.. Panel.XNameTexts.Select((name, i) => new Tick(i + 1, name))]
        : Spread(XLimits, Box.Width, Panel.IsLogX);

    private Margins Measure()
    {
        double tick = Panel.HasAxes ? TickLength + TickGap : 0;
        double left = LabelsY ? tick + WidestLabel(YTicks) : Panel.HasAxes ? TickLength : 0;
        double bottom = LabelsX ? tick + (_type.Tick * Typography.CapHeight) + 2 : Panel.HasAxes ? TickLength : 0;
        double top = Typography.TitleHeight(Panel.TitleText, _type.Title, _type.Subtitle);
        double right = LabelsX ? Overhang() : 0;
        if (Panel.YLabelText.Length > 0)
        {
            left += LabelGap + _type.Label;
        }

        if (Panel.XLabelText.Length > 0)
        {
            bottom += LabelGap + _type.Label;
        }

        if (Scale is not null)
        {
            right = ColorBarPainter.Room(this, _type);
        }

        return new Margins(left, top + (top > 0 ? TitleGap : 2), Math.Max(right, 2), bottom);
    }

    // Half of the last label sticks out when its tick is near the panel's end.
    private double Overhang()
    {
        if (XTicks.Count == 0)
        {
            return 0;
        }

        Tick last = XTicks[^1];
        return Math.Max(0, Frame.X.Map(last.Value) + (Typography.Measure(last.Label, _type.Tick) / 2) - Box.Right);
    }

    private IReadOnlyList<Tick> Spread((double Min, double Max) limits, double length, bool isLog)
    {
        const int Most = 9;
        for (int most = Most; most > 2; most--)
        {
            IReadOnlyList<Tick> ticks = Find(limits, most, isLog);
            var map = new AxisMap(limits.Min, limits.Max, 0, length, isLog);
            if (AreApart(ticks.Where(tick => !tick.IsMinor).ToList(), map))
            {
                return ticks;
            }
        }

        return Find(limits, 2, isLog);
    }

    private bool AreApart(List<Tick> ticks, AxisMap map)
    {
        for (int i = 1; i < ticks.Count; i++)
        {
            double distance = map.Map(ticks[i].Value) - map.Map(ticks[i - 1].Value);
            double labels = Typography.Measure(ticks[i - 1].Label + ticks[i].Label, _type.Tick) / 2;
            if (distance < Math.Max(labels + (_type.Tick * 1.2), _type.Tick * 3))
            {
                return false;
            }
        }

        return true;
    }

    private IReadOnlyList<Tick> Stack((double Min, double Max) limits, double length, bool isLog)
        => Find(limits, Math.Clamp((int)(length / (_type.Tick * 2.2)), 2, 9), isLog);

    private static IReadOnlyList<Tick> Find((double Min, double Max) limits, int most, bool isLog)
        => isLog
            ? TickFinder.Logarithmic(limits.Min, limits.Max, most)
            : TickFinder.Linear(limits.Min, limits.Max, most);
}
