using System.CommandLine;
using ScoreGpu.Engine;

namespace ScoreGpu.Cli.Options;

/// <summary>Options that name something to read.</summary>
internal static class InputOption
{
    /// <summary>An option that names a file.</summary>
    public static Option<string?> Create(string name, string description, string example, bool isRequired) =>
        new(name) { Description = description, HelpName = example, Required = isRequired };

    /// <summary>Reads what a required option names, so that a failure says which option it was.</summary>
    /// <exception cref="InputException">It cannot be used.</exception>
    public static T Read<T>(ParseResult parsed, Option<string?> option, Func<string, T> read)
    {
        try
        {
            return read(parsed.GetValue(option) ?? throw InputException.For(option.Name, null, "a value"));
        }
        catch (InputException exception)
        {
            throw new InputException($"{option.Name}: {exception.Message}", exception);
        }
    }
}
