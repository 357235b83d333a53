using ScoreGpu.Viz.Drawing;

namespace ScoreGpu.Viz.Layout;

/// <summary>Paints the colour scale right of a panel.</summary>
internal static class ColorBarPainter
{
    private const double Gap = 10;
    private const double BarWidth = 11;

    /// <summary>The room that the bar and its labels take.</summary>
    public static double Room(PanelPlan plan, Typography type)
    {
        double label = plan.Panel.ColorBarLabel!.Length > 0 ? PanelPlan.LabelGap + type.Label : 0;
        return Gap + BarWidth + PanelPlan.TickLength + PanelPlan.TickGap + plan.WidestLabel(plan.ScaleTicks) + label;
    }

    public static void Draw(PanelPlan plan, Typography type, ICanvas canvas)
    {
        Rect box = plan.Box;
        Theme theme = plan.Theme;
        ColorScale scale = plan.Scale!;
        var bar = Rect.FromSize(box.Right + Gap, box.Top, BarWidth, box.Height);
        var map = new AxisMap(plan.ScaleLimits.Min, plan.ScaleLimits.Max, bar.Bottom, bar.Top, IsLog: false);
        var pen = new Pen(theme.Muted.Mix(theme.Grid, 0.55), 0.8);
        canvas.PushGroup("color-bar");
        canvas.Fill(PathData.Rectangle(bar), theme.Panel);
        canvas.Image(Gradient(scale), bar);
        canvas.Stroke(PathData.Rectangle(bar), pen);
        double labelsAt = bar.Right + PanelPlan.TickLength + PanelPlan.TickGap;
        foreach (Tick tick in plan.ScaleTicks)
        {
            double y = map.Map(tick.Value);
            var tickEnd = new Point2(bar.Right + PanelPlan.TickLength, y);
            canvas.Stroke(PathData.Open(new Point2(bar.Right, y), tickEnd), pen);
            var at = new Point2(labelsAt, y + (type.Tick * Typography.CapHeight / 2));
            canvas.Text(tick.Label, at, new TextStyle(theme.Muted, type.Tick));
        }

        if (plan.Panel.ColorBarLabel!.Length > 0)
        {
            double x = labelsAt + plan.WidestLabel(plan.ScaleTicks) + PanelPlan.LabelGap + (type.Label * 0.8);
            Color color = theme.Foreground.Mix(theme.Muted, 0.35);
            double size = Typography.Fit(plan.Panel.ColorBarLabel, type.Label, bar.Height);
            var style = new TextStyle(color, size, TextAlign.Middle, IsVertical: true);
            canvas.Text(plan.Panel.ColorBarLabel, new Point2(x, bar.Centre.Y), style);
        }

        canvas.PopGroup();
    }

    private static Pixels Gradient(ColorScale scale)
    {
        const int Steps = 256;
        byte[] rgba = new byte[Steps * 4];
        for (int i = 0; i < Steps; i++)
        {
            Color color = scale.Map.Sample(1 - ((i + 0.5) / Steps));
            (rgba[4 * i], rgba[(4 * i) + 1], rgba[(4 * i) + 2]) = (color.R, color.G, color.B);
            rgba[(4 * i) + 3] = (byte)Math.Round(255 * scale.Alpha);
        }

        return new Pixels(1, Steps, rgba);
    }
}
