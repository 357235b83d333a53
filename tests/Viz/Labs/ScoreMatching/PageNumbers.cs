using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ScoreGpu.Tests.Viz.Labs.ScoreMatching;

/// <summary>Traces numbers of a page to numbers of a lab's results.</summary>
internal sealed partial class PageNumbers
{
    private const string Digits = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    private readonly List<double> _values = [];

    /// <summary>All numbers of the results, at any depth.</summary>
    public static PageNumbers Of(JsonNode results)
    {
        PageNumbers numbers = new();
        numbers.Add(results);
        return numbers;
    }

    /// <summary>The numbers of a text that have a decimal point, with what follows them: a per cent sign, or a power.
    /// </summary>
    public static IEnumerable<string> In(string text) => Decimals().Matches(text).Select(match => match.Value);

    /// <summary>Whether a number of the results, rounded as the text has it, gives this number.</summary>
    public bool Explain(string number)
    {
        Match parts = Parts().Match(number);
        double value = double.Parse(parts.Groups[1].Value.Replace('−', '-'), CultureInfo.InvariantCulture);
        double half = 0.5 * Math.Pow(10, -parts.Groups[2].Length);
        int power = Power(parts.Groups[3].Value);
        double unit = number.Contains('%', StringComparison.Ordinal) ? 100 : Math.Pow(10, -power);
        return _values.Any(known => Math.Abs((known * unit) - value) <= half * (1 + 1e-6));
    }

    private static int Power(string superscript)
    {
        int power = 0;
        foreach (char digit in superscript.TrimStart('⁻'))
        {
            power = (10 * power) + Digits.IndexOf(digit, StringComparison.Ordinal);
        }

        return superscript.StartsWith('⁻') ? -power : power;
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
                _values.Add(number);
                break;
        }
    }

    [GeneratedRegex("−?[0-9]+[.][0-9]+(?:·10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+| %)?")]
    private static partial Regex Decimals();

    [GeneratedRegex("^(−?[0-9]+[.]([0-9]+))(?:·10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)| %)?$")]
    private static partial Regex Parts();
}
