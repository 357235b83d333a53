using ScoreGpu.Viz.Drawing;

namespace ScoreGpu.Viz.Layout;

/// <summary>
/// Paints a planned panel: ground, grid, layers, frame, labels, colour bar and legend, in this order.
/// </summary>
internal static class PanelPainter
{
    public static void Draw(PanelPlan plan, Typography type, ICanvas canvas)
    {
        Frame frame = plan.Frame;
        Theme theme = plan.Theme;
        canvas.PushGroup("panel");
        canvas.Fill(PathData.Rectangle(plan.Box), theme.Panel);
        canvas.PushClip(plan.Box);
        DrawGrid(plan, frame, canvas);
        foreach (Layer layer in plan.Panel.Layers)
        {
            canvas.PushGroup(layer.Kind);
            layer.Draw(canvas, frame);
            canvas.PopGroup();
        }

        canvas.PopClip();
        if (plan.Panel.HasAxes)
        {
            DrawAxes(plan, frame, type, canvas);
        }

        DrawLabels(plan, type, canvas);
        if (plan.Scale is not null)
        {
            ColorBarPainter.Draw(plan, type, canvas);
        }

        if (plan.Panel.LegendAt is { } placement)
        {
            LegendPainter.Draw(plan, placement, type, canvas);
        }

        canvas.PopGroup();
    }

    private static void DrawGrid(PanelPlan plan, Frame frame, ICanvas canvas)
    {
        if (!plan.Panel.HasGrid)
        {
            return;
        }

        var pen = new Pen(plan.Theme.Grid, 0.7);
        Rect box = plan.Box;
        canvas.PushGroup("grid");
        foreach (Tick tick in plan.XTicks.Where(tick => !tick.IsMinor))
        {
            double x = frame.X.Map(tick.Value);
            canvas.Stroke(PathData.Open(new Point2(x, box.Bottom), new Point2(x, box.Top)), pen);
        }

        foreach (Tick tick in plan.YTicks.Where(tick => !tick.IsMinor))
        {
            double y = frame.Y.Map(tick.Value);
            canvas.Stroke(PathData.Open(new Point2(box.Left, y), new Point2(box.Right, y)), pen);
        }

        canvas.PopGroup();
    }

    private static void DrawAxes(PanelPlan plan, Frame frame, Typography type, ICanvas canvas)
    {
        Rect box = plan.Box;
        Theme theme = plan.Theme;
        var pen = new Pen(theme.Muted.Mix(theme.Grid, 0.55), 0.8);
        canvas.PushGroup("axes");
        canvas.Stroke(PathData.Rectangle(box), pen);
        foreach (Tick tick in plan.XTicks)
        {
            double x = frame.X.Map(tick.Value);
            double length = PanelPlan.TickLength * (tick.IsMinor ? 0.6 : 1);
            canvas.Stroke(PathData.Open(new Point2(x, box.Bottom), new Point2(x, box.Bottom + length)), pen);
            if (plan.LabelsX && !tick.IsMinor)
            {
                double top = box.Bottom + PanelPlan.TickLength + PanelPlan.TickGap;
                var at = new Point2(x, top + (type.Tick * Typography.CapHeight));
                canvas.Text(tick.Label, at, new TextStyle(theme.Muted, type.Tick, TextAlign.Middle));
            }
        }

        foreach (Tick tick in plan.YTicks)
        {
            double y = frame.Y.Map(tick.Value);
            double length = PanelPlan.TickLength * (tick.IsMinor ? 0.6 : 1);
            canvas.Stroke(PathData.Open(new Point2(box.Left - length, y), new Point2(box.Left, y)), pen);
            if (plan.LabelsY && !tick.IsMinor)
            {
                var at = new Point2(
                    box.Left - PanelPlan.TickLength - PanelPlan.TickGap, y + (type.Tick * Typography.CapHeight / 2));
                canvas.Text(tick.Label, at, new TextStyle(theme.Muted, type.Tick, TextAlign.End));
            }
        }

        canvas.PopGroup();
    }

    private static void DrawLabels(PanelPlan plan, Typography type, ICanvas canvas)
    {
        Panel panel = plan.Panel;
        Rect box = plan.Box;
        Margins margins = plan.Margins;
        Color color = plan.Theme.Foreground.Mix(plan.Theme.Muted, 0.35);
        canvas.PushGroup("labels");
        if (panel.TitleText.Length > 0)
        {
            double height = Typography.TitleHeight(panel.TitleText, type.Title, type.Subtitle);
            double top = box.Top - PanelPlan.TitleGap - height;
            var at = new Point2(box.Centre.X, top);
            double length = box.Width + (2 * Math.Min(margins.Left, margins.Right));
            TitlePainter.Draw(canvas, panel.TitleText, at, length, type.Title, type.Subtitle, plan.Theme);
        }

        if (panel.XLabelText.Length > 0)
        {
            var at = new Point2(box.Centre.X, box.Bottom + margins.Bottom - (type.Label * 0.24));
            double size = Typography.Fit(panel.XLabelText, type.Label, box.Width);
            canvas.Text(panel.XLabelText, at, new TextStyle(color, size, TextAlign.Middle));
        }

        if (panel.YLabelText.Length > 0)
        {
            var at = new Point2(box.Left - margins.Left + (type.Label * 0.8), box.Centre.Y);
            double size = Typography.Fit(panel.YLabelText, type.Label, box.Height);
            canvas.Text(panel.YLabelText, at, new TextStyle(color, size, TextAlign.Middle, IsVertical: true));
        }

        canvas.PopGroup();
    }
}
