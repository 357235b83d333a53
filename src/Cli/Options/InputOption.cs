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
    public static T Read<T>(ParseResult parsed, Option<string?> option, Func<string, T> read) =>
        Read(option.Name, parsed.GetValue(option), read);

    /// <summary>Reads what a required argument names, so that a failure says which argument it was.</summary>
    /// <exception cref="InputException">It cannot be used.</exception>
    public static T Read<T>(ParseResult parsed, Argument<string?> argument, Func<string, T> read) =>
        Read(argument.Name, parsed.GetValue(argument), read);

    private static T Read<T>(string name, string? value, Func<string, T> read)
    {
        try
        {
            return read(value ?? throw InputException.For(name, null, "a value"));
        }
        catch (InputException exception)
        {
            throw new InputException($"{name}: {exception.Message}", exception);
        }
    }
}
