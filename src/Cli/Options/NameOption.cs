using System.CommandLine;
using System.CommandLine.Completions;
using ScoreGpu.Engine.Naming;

namespace ScoreGpu.Cli.Options;

/// <summary>Options that take one of a list of names.</summary>
internal static class NameOption
{
    /// <summary>An option that takes one of <paramref name="names"/>.</summary>
    /// <param name="name">The option.</param>
    /// <param name="description">What it chooses.</param>
    /// <param name="names">The names.</param>
    /// <param name="usual">The default; null where there is none.</param>
    /// <param name="accepts">Says of other texts whether they are names too; null where there are no others.</param>
    public static Option<string?> Create(
        string name,
        string description,
        IReadOnlyList<string> names,
        string? usual,
        Func<string, bool>? accepts = null)
    {
        Option<string?> option = new(name)
        {
            Description = description,
            HelpName = string.Join('|', names),
            CustomParser = result =>
            {
                string given = result.Tokens[^1].Value;
                if (!names.Contains(given, StringComparer.Ordinal) && accepts?.Invoke(given) != true)
                {
                    result.AddError(
                        $"{name} is '{given}', which is not a known name; nearest: "
                        + $"{string.Join(", ", NearestNames.Find(given, names))}.");
                }

                return given;
            },
        };
        if (usual is not null)
        {
            option.DefaultValueFactory = _ => usual;
        }

        option.CompletionSources.Add(_ => names.Select(known => new CompletionItem(known)));
        return option;
    }
}
