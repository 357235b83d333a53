using System.CommandLine;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Files;
using ScoreGpu.Engine.Naming;

namespace ScoreGpu.Cli.Options;

/// <summary>The files that a command will write, checked before it starts to work.</summary>
/// <param name="parsed">The arguments.</param>
internal sealed class OutputPaths(ParseResult parsed)
{
    private readonly Dictionary<string, string> _taken = new(StringComparer.Ordinal);

    /// <summary>An option that names a file to write.</summary>
    public static Option<string?> Option(string name, string description, bool isRequired, string example) =>
        new(name) { Description = description, HelpName = example, Required = isRequired };

    /// <summary>Notes an input, which no output may replace.</summary>
    public OutputPaths Reserve(Option<string?> option)
    {
        if (parsed.GetValue(option) is { Length: > 0 } path)
        {
            Take(option.Name, path);
        }

        return this;
    }

    /// <summary>The path that an option names, once it is known that it can be written; null where it is left out.
    /// </summary>
    /// <param name="option">The option.</param>
    /// <param name="extensions">What the name may end in; none for anything.</param>
    /// <exception cref="InputException">It cannot be written, or is another option's too.</exception>
    public string? Find(Option<string?> option, params string[] extensions)
    {
        if (parsed.GetValue(option) is not { } path)
        {
            return null;
        }

        string extension = Path.GetExtension(path);
        if (extensions.Length > 0 && !extensions.Contains(extension, StringComparer.OrdinalIgnoreCase))
        {
            string nearest = string.Join(" or ", NearestNames.Find(extension, extensions, extensions.Length));
            throw InputException.For(option.Name, path, $"a file name that ends in {nearest}");
        }

        try
        {
            AtomicFile.RequireWritable(path);
        }
        catch (InputException exception)
        {
            throw new InputException($"{option.Name}: {exception.Message}", exception);
        }

        Take(option.Name, path);
        return path;
    }

    /// <summary>The path that a required option names.</summary>
    /// <exception cref="InputException">It cannot be written, or is another option's too.</exception>
    public string Require(Option<string?> option, params string[] extensions) =>
        Find(option, extensions) ?? throw InputException.For(option.Name, null, "a file to write");

    private void Take(string name, string path)
    {
        string full = Path.GetFullPath(path);
        if (!_taken.TryAdd(full, name))
        {
            throw InputException.For(name, path, $"another file than that of {_taken[full]}");
        }
    }
}
