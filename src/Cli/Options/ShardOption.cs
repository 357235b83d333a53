using System.CommandLine;
using System.Globalization;
using ScoreGpu.Cli.Sharding;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Sharding;

namespace ScoreGpu.Cli.Options;

/// <summary><c>--shard</c>: one part of a run.</summary>
internal static class ShardOption
{
    private const string Auto = "auto";
    private const string Expected = "I/N with I from 1 to N, auto, or auto/N";

    /// <summary>The option.</summary>
    public static Option<string?> Create() => new("--shard")
    {
        Description = "Does part I of N alone, I from 1 to N, and writes it beside --out, for merge to join: the bits are those "
            + "of one run. auto/N takes the part from SLURM_ARRAY_TASK_ID or JOB_COMPLETION_INDEX, counted from 0; auto takes N "
            + "too, from a Slurm array without gaps. Without this option the environment changes nothing.",
        HelpName = "I/N|auto|auto/N",
    };

    /// <summary>The part that was asked for; null for the whole run.</summary>
    /// <exception cref="InputException">It cannot be understood, or the environment does not say.</exception>
    public static Shard? Find(ParseResult parsed, Option<string?> option, Session session)
    {
        if (parsed.GetValue(option) is not { } text)
        {
            return null;
        }

        ShardEnvironment environment = new(option.Name, session.Variable);
        if (text == Auto)
        {
            return environment.OfArray();
        }

        if (text.StartsWith($"{Auto}/", StringComparison.Ordinal)
            && int.TryParse(text.AsSpan(Auto.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && count is >= 1 and <= Shard.MostShards)
        {
            return environment.Of(count);
        }

        return ShardFile.TryParse(text) ?? throw InputException.For(option.Name, text, Expected);
    }

    /// <summary>Refuses an option that belongs to the whole.</summary>
    /// <param name="parsed">The arguments.</param>
    /// <param name="shard">The part that was asked for, or null.</param>
    /// <param name="option">The option.</param>
    /// <param name="expected">What to do in its place.</param>
    /// <exception cref="InputException">Both were given.</exception>
    public static void Refuse(ParseResult parsed, Shard? shard, Option option, string expected)
    {
        if (shard is not null && UnusedOptions.IsGiven(parsed, option))
        {
            throw new InputException($"{option.Name} means nothing with --shard; expected {expected}.");
        }
    }
}
