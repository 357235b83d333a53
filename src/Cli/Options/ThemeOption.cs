using System.CommandLine;
using ScoreGpu.Viz;

namespace ScoreGpu.Cli.Options;

/// <summary><c>--theme</c>.</summary>
internal static class ThemeOption
{
    /// <summary>The option.</summary>
    public static Option<string?> Create() =>
        NameOption.Create(
            "--theme", "The colours of the figure.", [Theme.Dark.Name, Theme.Light.Name], Theme.Dark.Name);

    /// <summary>The theme that was asked for.</summary>
    public static Theme Find(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) == Theme.Light.Name ? Theme.Light : Theme.Dark;
}
