using System.CommandLine;

namespace ScoreGpu.Cli.Options;

/// <summary>Options that take the two ends of a range.</summary>
internal static class RangeOption
{
    /// <summary>An option that takes two finite numbers, the lower first.</summary>
    public static Option<double[]> Create(string name, string description, double low, double high) =>
        new(name)
        {
            Description = FormattableString.Invariant($"{description} [default: {low} {high}]"),
            HelpName = "LOW HIGH",
            Arity = new ArgumentArity(2, 2),
            AllowMultipleArgumentsPerToken = true,
            CustomParser = result =>
            {
                double[] ends = [low, high];
                string given = string.Join(' ', result.Tokens.Select(token => token.Value));
                if (result.Tokens.Count != 2
                    || !NumberOption.TryParse(result.Tokens[0].Value, out ends[0])
                    || !NumberOption.TryParse(result.Tokens[1].Value, out ends[1])
                    || ends[0] >= ends[1]
                    || !float.IsFinite((float)ends[0])
                    || !float.IsFinite((float)ends[1]))
                {
                    result.AddError($"{name} is '{given}'; expected two finite numbers, the lower first.");
                }

                return ends;
            },
        };

    /// <summary>The ends that were given, or the default.</summary>
    public static (double Low, double High) Find(
        ParseResult parsed, Option<double[]> option, double low, double high) =>
        parsed.GetValue(option) is { Length: 2 } ends ? (ends[0], ends[1]) : (low, high);
}
