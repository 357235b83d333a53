using ScoreGpu.Viz.Drawing;

namespace ScoreGpu.Viz.Layout;

/// <summary>
/// Turns a figure's description into drawing: finds limits, shares out the page, then paints each panel.
/// </summary>
internal static class FigureLayout
{
    private const double PagePadding = 12;
    private const double PanelGap = 14;

    // Ticks depend on the boxes' sizes and the boxes on the ticks' labels; this settles within three rounds.
    private const int Rounds = 3;

    public static void Draw(Figure figure, ICanvas canvas)
    {
        var type = new Typography(figure.FontScale);
        PanelPlan[] plans = Plan(figure, type);
        Rect page = new Rect(0, 0, figure.Width * 72, figure.Height * 72).Inflate(-PagePadding);
        double titleHeight = Typography.TitleHeight(figure.TitleText, type.FigureTitle, type.FigureSubtitle);
        Rect body = page with { Top = page.Top + titleHeight + (titleHeight > 0 ? 8 : 0) };
        for (int round = 0; round < Rounds; round++)
        {
            Arrange(figure, plans, body);
        }

        if (titleHeight > 0)
        {
            canvas.PushGroup("figure-title");
            TitlePainter.Draw(
                canvas,
                figure.TitleText,
                new Point2(page.Centre.X, page.Top),
                page.Width,
                type.FigureTitle,
                type.FigureSubtitle,
                figure.Theme);
            canvas.PopGroup();
        }

        foreach (PanelPlan plan in plans)
        {
            PanelPainter.Draw(plan, type, canvas);
        }
    }

    private static PanelPlan[] Plan(Figure figure, Typography type)
    {
        IEnumerable<Extent> everyX = figure.Panels.SelectMany(XExtents);
        IEnumerable<Extent> everyY = figure.Panels.SelectMany(YExtents);
        return figure.Panels.Select((panel, i) =>
        {
            IEnumerable<Extent> xs = figure.SharesX ? everyX : XExtents(panel);
            IEnumerable<Extent> ys = figure.SharesY ? everyY : YExtents(panel);
            bool labelsX = !figure.SharesX || i / figure.Columns == figure.Rows - 1;
            bool labelsY = !figure.SharesY || i % figure.Columns == 0;
            return new PanelPlan(
                panel,
                figure.Theme,
                type,
                LimitFinder.Check(panel.XRange ?? LimitFinder.Fit(xs, panel.IsLogX), panel.IsLogX, "XLimits.min"),
                LimitFinder.Check(panel.YRange ?? LimitFinder.Fit(ys, panel.IsLogY), panel.IsLogY, "YLimits.min"),
                labelsX,
                labelsY);
        }).ToArray();
    }

    private static IEnumerable<Extent> XExtents(Panel panel) => panel.XRange is { } given
        ? [Extent.Tight(given.Min, given.Max)]
        : panel.Layers.Select(layer => layer.XExtent);

    private static IEnumerable<Extent> YExtents(Panel panel) => panel.YRange is { } given
        ? [Extent.Tight(given.Min, given.Max)]
        : panel.Layers.Select(layer => layer.YExtent);

    private static void Arrange(Figure figure, PanelPlan[] plans, Rect body)
    {
        double[] left = ByColumn(plan => plan.Margins.Left);
        double[] right = ByColumn(plan => plan.Margins.Right);
        double[] top = ByRow(plan => plan.Margins.Top);
        double[] bottom = ByRow(plan => plan.Margins.Bottom);
        double freeWidth = body.Width - left.Sum() - right.Sum() - (PanelGap * (figure.Columns - 1));
        double freeHeight = body.Height - top.Sum() - bottom.Sum() - (PanelGap * (figure.Rows - 1));
        double width = Math.Max(freeWidth / figure.Columns, 8);
        double height = Math.Max(freeHeight / figure.Rows, 8);
        double y = body.Top;
        for (int row = 0; row < figure.Rows; row++)
        {
            double x = body.Left;
            y += top[row];
            for (int column = 0; column < figure.Columns; column++)
            {
                x += left[column];
                plans[(row * figure.Columns) + column].Fit(Rect.FromSize(x, y, width, height));
                x += width + right[column] + PanelGap;
            }

            y += height + bottom[row] + PanelGap;
        }

        double[] ByColumn(Func<PanelPlan, double> margin) => Enumerable.Range(0, figure.Columns)
            .Select(column => plans.Where((_, i) => i % figure.Columns == column).Max(margin)).ToArray();

        double[] ByRow(Func<PanelPlan, double> margin) => Enumerable.Range(0, figure.Rows)
            .Select(row => plans.Where((_, i) => i / figure.Columns == row).Max(margin)).ToArray();
    }
}
