using ScoreGpu.Viz.Drawing;

namespace ScoreGpu.Viz.Layout;

/// <summary>Paints a panel's legend in a corner.</summary>
internal static class LegendPainter
{
    private const double Padding = 6;
    private const double KeyWidth = 20;
    private const double KeyGap = 6;
    private const double Inset = 7;
    private const double ColumnGap = 10;

    // More entries than these may stand in two columns, where that covers less of the data.
    private const int MostInColumn = 10;

    public static void Draw(PanelPlan plan, LegendPlacement placement, Typography type, ICanvas canvas)
    {
        Layer[] entries = plan.Panel.Layers
            .Where(layer => !string.IsNullOrEmpty(layer.Label)).DistinctBy(layer => layer.Label).ToArray();
        if (entries.Length == 0)
        {
            return;
        }

        double lineHeight = type.Legend * 1.45;
        double widest = entries.Max(entry => Typography.Measure(entry.Label!, type.Legend));
        double column = KeyWidth + KeyGap + widest + ColumnGap;
        Size[] sizes = [SizeOf(1), .. entries.Length > MostInColumn ? new[] { SizeOf(2) } : []];
        (Rect box, int rows) = Place(plan, placement, sizes);
        Theme theme = plan.Theme;
        canvas.PushGroup("legend");
        PathData outline = PathData.RoundedRectangle(box, 3.5);
        canvas.Fill(outline, theme.Panel.Fade(0.86));
        canvas.Stroke(outline, new Pen(theme.Muted.Mix(theme.Grid, 0.75), 0.7));
        for (int i = 0; i < entries.Length; i++)
        {
            double left = box.Left + Padding + (i / rows * column);
            double middle = box.Top + Padding + (type.Legend * 0.58) + (i % rows * lineHeight);
            var key = Rect.FromSize(left, middle - (type.Legend * 0.4), KeyWidth, type.Legend * 0.8);
            entries[i].DrawKey(canvas, key, theme);
            var at = new Point2(key.Right + KeyGap, middle + (type.Legend * Typography.CapHeight / 2));
            canvas.Text(entries[i].Label!, at, new TextStyle(theme.Foreground, type.Legend));
        }

        canvas.PopGroup();

        Size SizeOf(int columns)
        {
            int rows = (entries.Length + columns - 1) / columns;
            return new Size(
                (2 * Padding) + (columns * column) - ColumnGap,
                (2 * Padding) + (lineHeight * rows) - (type.Legend * 0.3),
                rows);
        }
    }

    private static (Rect Box, int Rows) Place(PanelPlan plan, LegendPlacement placement, Size[] sizes)
    {
        (Rect Box, int Rows)[] places =
        [
            .. sizes.SelectMany(size => Corners(plan, placement, size.Width, size.Height).Select(box => (box, size.Rows))),
        ];
        return places.Length == 1 ? places[0] : Freest(plan, places);
    }

    private static Rect[] Corners(PanelPlan plan, LegendPlacement placement, double width, double height)
    {
        Rect area = plan.Box.Inflate(-Inset);
        Rect upperRight = Rect.FromSize(area.Right - width, area.Top, width, height);
        Rect upperLeft = Rect.FromSize(area.Left, area.Top, width, height);
        Rect lowerRight = Rect.FromSize(area.Right - width, area.Bottom - height, width, height);
        Rect lowerLeft = Rect.FromSize(area.Left, area.Bottom - height, width, height);
        return placement switch
        {
            LegendPlacement.UpperRight => [upperRight],
            LegendPlacement.UpperLeft => [upperLeft],
            LegendPlacement.LowerRight => [lowerRight],
            LegendPlacement.LowerLeft => [lowerLeft],
            _ => [upperRight, upperLeft, lowerRight, lowerLeft],
        };
    }

    private static (Rect Box, int Rows) Freest(PanelPlan plan, (Rect Box, int Rows)[] places)
    {
        var crowd = new CrowdCanvas();
        Frame frame = plan.Frame;
        foreach (Layer layer in plan.Panel.Layers.Where(layer => layer is not ContourLayer))
        {
            layer.Draw(crowd, frame);
        }

        return places.MinBy(place => crowd.Marks.Count(mark => place.Box.Inflate(3).Contains(mark)));
    }

    private readonly record struct Size(double Width, double Height, int Rows);
}
