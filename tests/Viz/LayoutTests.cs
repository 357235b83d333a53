using ScoreGpu.Viz;
using ScoreGpu.Viz.Drawing;
using ScoreGpu.Viz.Layout;
using ScoreGpu.Viz.Lettering;

namespace ScoreGpu.Tests.Viz;

public sealed class LayoutTests
{
    [Theory]
    [InlineData(8, 7)]
    [InlineData(4, 7)]
    [InlineData(9, 3)]
    public void Equal_aspect_gives_both_axes_one_scale(double width, double height)
    {
        var figure = new Figure(width, height);
        figure[0, 0].XLimits(-6, 6).YLimits(-2, 3).EqualAspect().XLabel("x").YLabel("y").Title("t")
            .Scatter(Points.Of((0, 0), (5, 0), (0, 2.5)), marker: Marker.Circle);
        RecordingCanvas canvas = Record(figure);
        Point2[] at = canvas.Centres.ToArray();
        Assert.Equal((at[1].X - at[0].X) / 5, (at[0].Y - at[2].Y) / 2.5, 1e-9);
    }

    [Fact]
    public void Equal_aspect_holds_in_pixels()
    {
        var figure = new Figure(7, 4) { Theme = Theme.Light };
        figure[0, 0].Square(5).NoAxes()
            .Fill(new double[] { -4, 4 }, new double[] { -4, -4 }, new double[] { 4, 4 }, "#ff0000", alpha: 1);
        PngDecoder image = PngDecoder.Decode(figure.ToPng(150));
        bool IsRed(int x, int y) => image[x, y].R > 200 && image[x, y].G < 60;
        int across = Enumerable.Range(0, image.Width).Count(x => IsRed(x, image.Height / 2));
        int down = Enumerable.Range(0, image.Height).Count(y => IsRed(image.Width / 2, y));
        Assert.InRange(across, 100, image.Height);
        Assert.InRange(across - down, -1, 1);
    }

    [Theory]
    [InlineData(12, 10, 3, 2)]
    [InlineData(20, 5, 1, 4)]
    [InlineData(8, 3, 1, 1)]
    [InlineData(5, 4, 2, 2)]
    public void All_text_is_on_the_page_and_none_overlaps(double width, double height, int rows, int columns)
    {
        var figure = new Figure(width, height, rows, columns).Title("A title\nand its second line");
        foreach (Panel panel in figure.Panels)
        {
            panel.Title("Panel\nof a figure").XLabel("x₁").YLabel("log p(x)")
                .XLimits(-1234, 98765).YLimits(-0.00123, 0.0456)
                .Quiver(Points.Of((0, 0)), Points.Of((1, 2))).ColorBar("Magnitude");
        }

        List<Rect> texts = Record(figure).Texts;
        var page = new Rect(0, 0, width * 72, height * 72);
        Assert.All(texts, text => Assert.True(page.Contains(new Point2(text.Left, text.Top)), $"{text}"));
        Assert.All(texts, text => Assert.True(page.Contains(new Point2(text.Right, text.Bottom)), $"{text}"));
        for (int i = 0; i < texts.Count; i++)
        {
            for (int j = 0; j < i; j++)
            {
                bool areApart = texts[i].Left >= texts[j].Right || texts[j].Left >= texts[i].Right
                    || texts[i].Top >= texts[j].Bottom || texts[j].Top >= texts[i].Bottom;
                Assert.True(areApart, $"{texts[i]} and {texts[j]} overlap.");
            }
        }
    }

    [Fact]
    public void Long_words_are_set_smaller_to_stay_on_the_page()
    {
        string words = string.Concat(Enumerable.Repeat("a long title ", 6));
        Figure figure = new Figure(5, 5).Title(words);
        figure[0, 0].Title(words).XLabel(words).YLabel(words).NoAxes();
        List<Rect> texts = Record(figure).Texts;
        Assert.Equal(4, texts.Count);
        var page = new Rect(0, 0, 360, 360);
        Assert.All(texts, text => Assert.True(page.Contains(new Point2(text.Left, text.Top)), $"{text}"));
        Assert.All(texts, text => Assert.True(page.Contains(new Point2(text.Right, text.Bottom)), $"{text}"));
    }

    [Fact]
    public void Shared_axes_have_one_range_and_outer_labels()
    {
        var figure = new Figure(8, 6, 2, 2);
        figure[0, 0].Line(new double[] { 0, 1 }, new double[] { 0, 10 });
        figure[0, 1].Line(new double[] { 5, 9 }, new double[] { 3, 4 });
        int apart = Record(figure).Texts.Count;
        int shared = Record(figure.ShareX().ShareY()).Texts.Count;
        Assert.True(shared < apart, $"{shared} labels are not fewer than {apart}.");
    }

    [Fact]
    public void Data_get_a_margin_but_images_and_baselines_do_not()
    {
        Assert.Equal((-0.5, 10.5), LimitFinder.Fit([Extent.Of([0, 10])], isLog: false));
        Assert.Equal((0, 10.5), LimitFinder.Fit([Extent.Of([0, 10]), Extent.Tight(0, 0)], isLog: false));
        Assert.Equal((-5, 5), LimitFinder.Fit([Extent.Of([-3, 3]), Extent.Tight(-5, 5)], isLog: false));
        Assert.Equal((0, 1), LimitFinder.Fit([], isLog: false));
        (double min, double max) = LimitFinder.Fit([Extent.Of([7])], isLog: false);
        Assert.True(min < 7 && max > 7);
    }

    [Fact]
    public void Legend_goes_where_the_data_are_not()
    {
        var figure = new Figure(5, 5);
        Column x = Column.Even(0, 1, 200);
        figure[0, 0].Line(x, x.Map(v => v * v), label: "square").Legend();
        RecordingCanvas canvas = Record(figure);
        Rect label = canvas.Texts[^1];
        Assert.True(label.Right < 180 && label.Bottom < 180, $"The legend's text is at {label}.");
    }

    [Fact]
    public void Longest_arrow_spans_one_cell_by_default()
    {
        var figure = new Figure(6, 6);
        Points grid = Points.Grid(0, 9, 0, 9, 10, 10);
        figure[0, 0].XLimits(-1, 10).YLimits(-1, 10).EqualAspect()
            .Quiver(grid, grid.Map((x, _) => (x, 0))).Scatter(Points.Of((0, 0), (1, 0)));
        RecordingCanvas canvas = Record(figure);
        double cell = canvas.Centres[1].X - canvas.Centres[0].X;
        IEnumerable<IReadOnlyList<Point2>> arrows = canvas.Fills.Where(points => points.Count == 7);
        double longest = arrows.Max(points => points.Max(p => p.X) - points.Min(p => p.X));
        Assert.Equal(0.95 * cell, longest, 0.01 * cell);
    }

    private static RecordingCanvas Record(Figure figure)
    {
        var canvas = new RecordingCanvas();
        FigureLayout.Draw(figure, canvas);
        return canvas;
    }

    private sealed class RecordingCanvas : ICanvas
    {
        public List<Rect> Texts { get; } = [];

        public List<Point2> Centres { get; } = [];

        public List<IReadOnlyList<Point2>> Fills { get; } = [];

        public void Fill(PathData path, Color color)
            => Fills.AddRange(path.Polylines.Select(polyline => polyline.Points));

        public void Stroke(PathData path, Pen pen)
        {
        }

        public void Marks(MarkerStyle style, IReadOnlyList<Point2> centres) => Centres.AddRange(centres);

        public void Text(string text, Point2 anchor, TextStyle style)
        {
            double length = TypeSetter.Measure(text, style.Size, style.IsBold);
            double start = style.Align switch { TextAlign.Middle => -length / 2, TextAlign.End => -length, _ => 0 };
            double up = style.Size * 0.72;
            Texts.Add(style.IsVertical
                ? new Rect(anchor.X - up, anchor.Y - start - length, anchor.X, anchor.Y - start)
                : new Rect(anchor.X + start, anchor.Y - up, anchor.X + start + length, anchor.Y));
        }

        public void Image(Pixels pixels, Rect area)
        {
        }

        public void PushClip(Rect area)
        {
        }

        public void PopClip()
        {
        }

        public void PushGroup(string name, double opacity = 1)
        {
        }

        public void PopGroup()
        {
        }
    }
}
