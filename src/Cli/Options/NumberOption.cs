using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace ScoreGpu.Cli.Options;

/// <summary>Options that take a number in a range, in the invariant culture.</summary>
internal static class NumberOption
{
    /// <summary>A whole number with a default.</summary>
    public static Option<int> Whole(
        string name, string description, int usual, int least = 1, int most = int.MaxValue) =>
        new(name)
        {
            Description = description,
            HelpName = "N",
            DefaultValueFactory = _ => usual,
            CustomParser = result => ParseWhole(result, least, most) ?? usual,
        };

    /// <summary>A whole number that may be left out.</summary>
    public static Option<int?> OptionalWhole(
        string name, string description, int least = 1, int most = int.MaxValue) =>
        new(name)
        {
            Description = description,
            HelpName = "N",
            CustomParser = result => ParseWhole(result, least, most),
        };

    /// <summary>A finite number with a default.</summary>
    public static Option<double> Real(string name, string description, double usual, RealRange range) =>
        new(name)
        {
            Description = description,
            HelpName = "X",
            DefaultValueFactory = _ => usual,
            CustomParser = result => ParseReal(result, range) ?? usual,
        };

    /// <summary>A finite number that may be left out.</summary>
    public static Option<double?> OptionalReal(string name, string description, RealRange range) =>
        new(name)
        {
            Description = description,
            HelpName = "X",
            CustomParser = result => ParseReal(result, range),
        };

    /// <summary>Reads a finite number in the invariant culture.</summary>
    public static bool TryParse(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    private static int? ParseWhole(ArgumentResult result, int least, int most)
    {
        string text = result.Tokens[^1].Value;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
            && value >= least
            && value <= most)
        {
            return value;
        }

        string range = most == int.MaxValue
            ? $"of at least {least.ToString(CultureInfo.InvariantCulture)}"
            : string.Create(CultureInfo.InvariantCulture, $"from {least} to {most}");
        result.AddError($"{OptionName(result)} is '{text}'; expected a whole number {range}.");
        return null;
    }

    private static double? ParseReal(ArgumentResult result, RealRange range)
    {
        string text = result.Tokens[^1].Value;
        if (TryParse(text, out double value) && range.Contains(value))
        {
            return value;
        }

        result.AddError($"{OptionName(result)} is '{text}'; expected {range.Description}.");
        return null;
    }

    private static string OptionName(ArgumentResult result) =>
        result.Parent is OptionResult option ? option.Option.Name : result.Argument.Name;
}
