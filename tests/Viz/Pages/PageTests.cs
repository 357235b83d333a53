using System.Xml;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Tests.Viz.Pages;

public sealed class PageTests
{
    [Fact]
    public void Values_are_escaped_and_markup_is_not()
    {
        Html bold = Html.Of($"<b>{"a < b & \"c\""}</b>");

        Assert.Equal("<b>a &lt; b &amp; &quot;c&quot;</b>", bold.Markup);
        Assert.Equal("<i><b>a &lt; b &amp; &quot;c&quot;</b></i>", Html.Of($"<i>{bold}</i>").Markup);
        Assert.Equal("−1,234 and −0.50", Html.Of($"{-1234} and {-0.5:F2}").Markup);
    }

    [Theory]
    [InlineData(0.0, "0")]
    [InlineData(12.345, "12.3")]
    [InlineData(-0.0123456, "−0.0123")]
    [InlineData(0.999999, "1.000")]
    [InlineData(1234567.0, "1.23·10⁶")]
    [InlineData(-2.5e-7, "−2.50·10⁻⁷")]
    [InlineData(double.NaN, "–")]
    public void Numbers_have_significant_digits(double value, string text) =>
        Assert.Equal(text, Numerals.Significant(value));

    [Fact]
    public void A_page_with_everything_is_well_formed()
    {
        const string Svg =
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><text font-family=\"'A'\">1 &lt; 2 # %</text></svg>";
        Page page = new("A <title>", Html.Of($"lead"));
        page.Highlight("1 < 2", "a & b");
        page.Section("one", "First", "Title & more")
            .Paragraph($"Text {1} and {"<"}")
            .Heading("Below")
            .Formula($"<i>x</i>")
            .Prediction(Html.Text("Why?"), Html.Text("Because."))
            .Figure(new PageFigure("name", "alt \"text\"", Svg, Svg), Html.Text("caption"))
            .Table(new PageTable([Html.Text("a"), Html.Text("b")]).Row(Html.Text("x"), Html.Text("1")))
            .Finding("So", $"it is {2.5:F1}.")
            .Commands("scoregpu --out a&b", "second");
        page.Footer($"end");

        XmlDocument document = new() { XmlResolver = null };
        using XmlReader reader = XmlReader.Create(
            new StringReader(page.ToHtml()), new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore });
        document.Load(reader);

        XmlElement image = (XmlElement)document.GetElementsByTagName("img")[0]!;
        string source = Uri.UnescapeDataString(image.GetAttribute("src"));
        Assert.Equal("data:image/svg+xml;charset=utf-8," + Svg, source);
        Assert.Equal(2, document.SelectNodes("//pre//span")!.Count);
    }

    [Fact]
    public void A_row_has_as_many_cells_as_there_are_headings() =>
        Assert.Throws<ArgumentException>(() => new PageTable([Html.Text("a")]).Row(Html.Text("1"), Html.Text("2")));
}
