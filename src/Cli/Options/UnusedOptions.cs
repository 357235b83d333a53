using System.CommandLine;
using System.CommandLine.Parsing;
using ScoreGpu.Engine;

namespace ScoreGpu.Cli.Options;

/// <summary>Refuses options that a choice makes meaningless, so that none is ignored in silence.</summary>
internal static class UnusedOptions
{
    /// <summary>Whether an option was given, and not only defaulted.</summary>
    public static bool IsGiven(ParseResult parsed, Option option) =>
        parsed.GetResult(option) is OptionResult { Implicit: false };

    /// <summary>Refuses every given option among <paramref name="all"/> that is not among <paramref name="used"/>.
    /// </summary>
    /// <param name="parsed">The arguments.</param>
    /// <param name="choice">What makes them meaningless, as in "--process ddpm".</param>
    /// <param name="all">The options that belong to one choice or another.</param>
    /// <param name="used">Those that belong to this one.</param>
    /// <exception cref="InputException">One was given.</exception>
    public static void Refuse(ParseResult parsed, string choice, IEnumerable<Option> all, IReadOnlyList<Option> used)
    {
        foreach (Option option in all)
        {
            if (!used.Contains(option) && IsGiven(parsed, option))
            {
                string expected = used.Count == 0
                    ? "it left out"
                    : $"it left out, or {string.Join(", ", used.Select(known => known.Name))}";
                throw new InputException($"{option.Name} means nothing with {choice}; expected {expected}.");
            }
        }
    }

    /// <summary>Refuses an option where another was given.</summary>
    /// <exception cref="InputException">Both were given.</exception>
    public static void RefuseBoth(ParseResult parsed, Option option, Option other)
    {
        if (IsGiven(parsed, option) && IsGiven(parsed, other))
        {
            throw new InputException($"{option.Name} means nothing with {other.Name}; expected one of the two.");
        }
    }

    /// <summary>Refuses an option where the one that it belongs to was not given.</summary>
    /// <exception cref="InputException">It was given alone.</exception>
    public static void RefuseAlone(ParseResult parsed, Option option, Option needed)
    {
        if (IsGiven(parsed, option) && !IsGiven(parsed, needed))
        {
            throw new InputException($"{option.Name} means nothing alone; expected {needed.Name} too.");
        }
    }
}
