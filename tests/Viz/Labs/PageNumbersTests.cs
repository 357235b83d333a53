using System.Text.Json.Nodes;
using ScoreGpu.Tests.Engine;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Tests.Viz.Labs;

public sealed class PageNumbersTests
{
    private static readonly PageNumbers Numbers = new(JsonNode.Parse(
        """{ "deep": [{ "share": 0.1234, "small": -0.00056789, "null": null }, 7], "many": 12345.6, "word": "0.9" }""")!);

    [Theory]
    [InlineData("0.1234")]
    [InlineData("0.12")]
    [InlineData("12 %")]
    [InlineData("12.34 %")]
    [InlineData("−5.68·10⁻⁴")]
    [InlineData("−5.68e-4")]
    [InlineData("7")]
    [InlineData("12,346")]
    [InlineData("1.2·10⁴")]
    [InlineData("10⁴")]
    public void A_result_as_a_page_rounds_it_is_known(string number) => Assert.True(Numbers.Explain(number));

    [Theory]
    [InlineData("0.13")]
    [InlineData("0.1235")]
    [InlineData("12.34")]
    [InlineData("12.35 %")]
    [InlineData("5.68·10⁻⁴")]
    [InlineData("−5.68·10⁻³")]
    [InlineData("6")]
    [InlineData("12,345")]
    [InlineData("10⁵")]
    [InlineData("0.9")]
    public void Anything_else_is_not(string number) => Assert.False(Numbers.Explain(number));

    [Fact]
    public void All_that_a_page_says_is_read_but_for_formulas_and_commands()
    {
        Page page = new("0.31", Html.Text("0.32"));
        page.Highlight("8", "8 of all");
        page.Section("one", "Part 9", "9 things")
            .Paragraph($"At 0.33 and 0.12, {34} and 35 %.")
            .Formula($"0.5")
            .Table(new PageTable([Html.Text("0.36"), Html.Text("5")]).Row(Html.Text("5"), Html.Text("37")))
            .Commands("scoregpu --rate 0.5");
        using TemporaryFolder folder = new();

        string[] untraced = Numbers.Untraced(new LabPage(folder.Put("page.html", page.ToHtml())), out int count);

        Assert.Equal(
            ["0.31", "0.31", "0.32", "0.33", "35 %", "0.36", "37", "8"], untraced.Select(found => found.Split(" in ")[0]));
        Assert.Equal(9, count);
    }
}
