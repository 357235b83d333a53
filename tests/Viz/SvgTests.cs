using System.Xml.Linq;
using ScoreGpu.Viz;

namespace ScoreGpu.Tests.Viz;

public sealed class SvgTests
{
    private static readonly XNamespace s_svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void Document_is_accessible_xml_of_the_given_size()
    {
        Figure figure = new Figure(8, 3).Title("Loss\nof a small network");
        XElement root = Parse(figure);
        Assert.Equal("img", root.Attribute("role")!.Value);
        Assert.Equal("0 0 576 216", root.Attribute("viewBox")!.Value);
        Assert.Equal("Loss — of a small network", root.Element(s_svg + "title")!.Value);
        Assert.Equal("Loss — of a small network", root.Attribute("aria-label")!.Value);
    }

    [Fact]
    public void Words_are_text_and_survive_escaping()
    {
        var figure = new Figure(6, 4);
        const string Title = "x < y & \"z\" > ∇ₓ log p(ᾱ) 𝒩";
        figure[0, 0].Title(Title + "\nsecond").XLabel("x₁ & t").YLabel("σ")
            .Line(new double[] { 1, 2 }, label: "<line>").Legend();
        string[] texts = Parse(figure).Descendants(s_svg + "text").Select(text => text.Value).ToArray();
        Assert.Contains(Title, texts);
        Assert.Contains("second", texts);
        Assert.Contains("x₁ & t", texts);
        Assert.Contains("σ", texts);
        Assert.Contains("<line>", texts);
    }

    [Fact]
    public void Each_layer_draws_its_share()
    {
        var figure = new Figure(6, 6);
        Points grid = Points.Grid(-1, 1, -1, 1, 5, 4);
        figure[0, 0]
            .Contours(ScalarGrid.Sample((x, y) => x * y, -1, 1, -1, 1, 11), bands: 6)
            .Quiver(grid, grid.Map((x, y) => (-x, -y)))
            .Line(new double[] { 0, 1, double.NaN, 2, 3 })
            .Fill(new double[] { 0, 1 }, new double[] { 1, 2 })
            .Scatter(grid, marker: Marker.Star)
            .Scatter(grid)
            .Trajectories([grid, grid, grid])
            .VerticalLine(0)
            .Text(0, 0, "here")
            .Segments(grid, grid)
            .Histogram(new double[] { 0.1, 0.2 }, bins: 4);
        XElement root = Parse(figure);
        Assert.Equal(6, Paths(root, "contours"));
        Assert.Equal(20, Paths(root, "quiver"));
        Assert.Equal(1, Paths(root, "line"));
        Assert.Equal(1, Paths(root, "fill"));
        Assert.Equal(20, Paths(root, "scatter"));
        Assert.Equal(20, Group(root, "scatter").Sum(g => g.Descendants(s_svg + "circle").Count()));
        Assert.Equal(6, Paths(root, "trajectories"));
        Assert.Equal(3, Group(root, "trajectories").Sum(g => g.Descendants(s_svg + "circle").Count()));
        Assert.Equal(1, Paths(root, "reference-line"));
        Assert.Equal(20, Paths(root, "segments"));
        Assert.Equal(2, Paths(root, "histogram"));
        Assert.Equal("here", Group(root, "text").Single().Value.Trim());
    }

    [Fact]
    public void Line_breaks_at_nan()
    {
        var figure = new Figure(4, 4);
        figure[0, 0].Line(new double[] { 0, 1, double.NaN, 2, 3, double.NaN, double.NaN, 4 });
        string path = Group(Parse(figure), "line").Single().Descendants(s_svg + "path").Single().Attribute("d")!.Value;
        Assert.Equal(3, path.Count(c => c == 'M'));
    }

    [Fact]
    public void Density_is_an_embedded_png()
    {
        var figure = new Figure(4, 4);
        figure[0, 0].Density(new DensityGrid(0, 1, 0, 1, 8, 6).Add(Points.Of((0.05, 0.95))), ColorMap.Viridis);
        string source = Group(Parse(figure), "density").Single().Element(s_svg + "image")!.Attribute("href")!.Value;
        const string Prefix = "data:image/png;base64,";
        Assert.StartsWith(Prefix, source, StringComparison.Ordinal);
        PngDecoder image = PngDecoder.Decode(Convert.FromBase64String(source[Prefix.Length..]));
        Assert.Equal((8, 6), (image.Width, image.Height));
        Assert.Equal((0xfd, 0xe7, 0x25), image[0, 0]);
        Assert.Equal((0x44, 0x01, 0x54), image[0, 5]);
    }

    [Fact]
    public void Legend_lists_each_label_once()
    {
        var figure = new Figure(4, 4);
        figure[0, 0].VerticalLine(-1, label: "peak").VerticalLine(1, label: "peak")
            .Line(new double[] { 0, 1 }).Legend();
        Assert.Equal(["peak"], Group(Parse(figure), "legend").Descendants(s_svg + "text").Select(t => t.Value));
    }

    [Fact]
    public void Colour_bar_shows_the_scale_and_its_label()
    {
        var figure = new Figure(5, 4);
        figure[0, 0].Quiver(Points.Of((0, 0), (1, 1)), Points.Of((3, 4), (0, 1))).ColorBar("Magnitude");
        XElement bar = Group(Parse(figure), "color-bar").Single();
        string[] texts = bar.Descendants(s_svg + "text").Select(text => text.Value).ToArray();
        Assert.Equal("Magnitude", texts[^1]);
        Assert.Contains("2.5", texts);
        Assert.Single(bar.Elements(s_svg + "image"));
    }

    [Fact]
    public void No_identifiers_so_that_figures_can_share_a_page()
        => Assert.DoesNotContain(" id=", new Figure(4, 4, 2, 2).ToSvg(), StringComparison.Ordinal);

    private static XElement Parse(Figure figure) => XDocument.Parse(figure.ToSvg()).Root!;

    private static IEnumerable<XElement> Group(XElement root, string kind)
        => root.Descendants(s_svg + "g").Where(group => group.Attribute("class")?.Value == kind);

    private static int Paths(XElement root, string kind)
        => Group(root, kind).Sum(group => group.Descendants(s_svg + "path").Count());
}
