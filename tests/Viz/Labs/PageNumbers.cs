using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ScoreGpu.Tests.Viz.Labs;

/// <summary>Traces the numbers that a page states to those of a lab's results.</summary>
/// <remarks>
/// A number is traced if one of the results, rounded as the page has it, gives it; per cent stand for a share.
/// </remarks>
internal sealed partial class PageNumbers
{
    private const string Digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    private readonly List<double> _known = [];

    /// <summary>Knows all numbers of the results, at any depth.</summary>
    public PageNumbers(JsonNode results) => Add(results);

    /// <summary>The numbers of a page that no result explains, each with the words around it.</summary>
    /// <param name="page">The page.</param>
    /// <param name="count">How many numbers it states: all in cells, elsewhere those with a point, a power or per cent.
    /// </param>
    public string[] Untraced(LabPage page, out int count)
    {
        string text = page.Text;
        (string Around, Match Number)[] stated =
        [
            .. Measured().Matches(text).Select(number => (Around(text, number), number)),
            .. page.NumberCells.SelectMany(cell => Any().Matches(cell).Select(number => (cell, number))),
        ];
        count = stated.Length;
        return [.. stated.Where(one => !Explain(one.Number)).Select(one => $"{one.Number} in '{one.Around}'").Distinct()];
    }

    /// <summary>Whether a number is among the results.</summary>
    public bool Explain(string number) => Explain(Any().Match(number));

    private bool Explain(Match match)
    {
        string digits = match.Groups["number"].Value.Replace('−', '-').Replace(",", "", StringComparison.Ordinal);
        double shown = digits.Length == 0 ? 1.0 : double.Parse(digits, CultureInfo.InvariantCulture);
        int point = digits.IndexOf('.', StringComparison.Ordinal);
        double half = 0.5000001 * Math.Pow(10.0, point < 0 ? 0 : point + 1 - digits.Length);
        double unit = match.Groups["percent"].Success ? 100.0 : Math.Pow(10.0, -Power(match.Groups["power"].Value));
        return _known.Exists(value => Math.Abs((value * unit) - shown) <= half);
    }

    private static int Power(string text) => text.Length == 0
        ? 0
        : int.Parse(
            string.Concat(text.Select(c => c == '⁻' ? '-' : Digits.Contains(c, StringComparison.Ordinal)
                ? (char)('0' + Digits.IndexOf(c, StringComparison.Ordinal)) : c)),
            CultureInfo.InvariantCulture);

    private static string Around(string text, Match match)
    {
        int start = Math.Max(0, match.Index - 40);
        return text.Substring(start, Math.Min(80, text.Length - start)).ReplaceLineEndings(" ");
    }

    private void Add(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject json:
                json.Select(pair => pair.Value).ToList().ForEach(Add);
                break;
            case JsonArray array:
                array.ToList().ForEach(Add);
                break;
            case JsonValue value when value.TryGetValue(out double number):
                _known.Add(number);
                break;
        }
    }

    // As in 1.2·10⁻³ or 1.2e-3, or 12 %.
    private const string Scale = "(?:·10(?<power>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)|e(?<power>-?[0-9]+)|(?<percent> %))";

    [GeneratedRegex("(?<number>−?[0-9][0-9,]*[.][0-9]+)" + Scale + "?|(?<number>−?[0-9][0-9,]*)" + Scale)]
    private static partial Regex Measured();

    [GeneratedRegex("10(?<power>[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)|(?<number>−?[0-9][0-9,]*(?:[.][0-9]+)?)" + Scale + "?")]
    private static partial Regex Any();
}
