using System.Globalization;
using System.Text.RegularExpressions;
using ScoreGpu.Engine.Files;
using ScoreGpu.Engine.Models;

namespace ScoreGpu.Engine.Sharding;

/// <summary>What a shard leaves: a safetensors file with its tensors, and what tells whether shards belong together.
/// </summary>
/// <remarks>
/// The metadata are strings: <c>format</c>, <c>format_version</c>, <c>shard</c> as <c>3/8</c>, and <c>items</c>, the
/// samples or points of the whole run; then facts under <c>run.</c>, which all shards of a run share (what was asked for,
/// a hash of the model, the kind of device), and under <c>part.</c>, which are this shard's own.
/// </remarks>
public static partial class ShardFile
{
    private const string FormatName = "scoregpu-shard";
    private const string FormatVersion = "1";
    private const string FormatKey = "format";
    private const string VersionKey = "format_version";
    private const string ShardKey = "shard";
    private const string ItemsKey = "items";
    private const string RunPrefix = "run.";
    private const string PartPrefix = "part.";

    /// <summary>Where a shard goes: <c>x.npy.shard-3-of-8.safetensors</c> beside the <c>x.npy</c> of a whole run.
    /// </summary>
    /// <param name="output">What the whole run would write.</param>
    /// <param name="shard">Which.</param>
    public static string PathOf(string output, Shard shard) =>
        FormattableString.Invariant($"{output}.shard-{shard.Index}-of-{shard.Count}.safetensors");

    /// <summary>The shards of an output that lie in a folder, by their names.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="output">What the whole run would have written; its own folder does not count.</param>
    /// <exception cref="InputException">The folder cannot be read.</exception>
    public static IReadOnlyList<string> Find(string folder, string output)
    {
        ArgumentNullException.ThrowIfNull(folder);
        string name = Path.GetFileName(output);
        try
        {
            return
            [
                .. Directory.EnumerateFiles(folder)
                    .Where(path => Path.GetFileName(path) is var file
                        && file.StartsWith(name, StringComparison.Ordinal)
                        && Suffix().IsMatch(file[name.Length..]))
                    .Order(StringComparer.Ordinal),
            ];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new InputException($"'{folder}' cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Writes a shard, whole or not at all.</summary>
    /// <param name="path">The file to create or replace.</param>
    /// <param name="shard">Which.</param>
    /// <param name="items">Samples or points of the whole run.</param>
    /// <param name="run">What all shards share.</param>
    /// <param name="part">What is this one's own.</param>
    /// <param name="tensors">The results.</param>
    /// <exception cref="InputException">The file cannot be written.</exception>
    public static void Write(
        string path,
        Shard shard,
        int items,
        IEnumerable<KeyValuePair<string, string>> run,
        IEnumerable<KeyValuePair<string, string>> part,
        IEnumerable<Tensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(part);
        SafetensorsFile.Write(
            path,
            [
                new(FormatKey, FormatName),
                new(VersionKey, FormatVersion),
                new(ShardKey, shard.ToString()),
                new(ItemsKey, ModelMetadata.Format(items)),
                .. run.Select(fact => new KeyValuePair<string, string>(RunPrefix + fact.Key, fact.Value)),
                .. part.Select(fact => new KeyValuePair<string, string>(PartPrefix + fact.Key, fact.Value)),
            ],
            tensors);
    }

    /// <summary>Reads what a shard says of itself, and not its tensors.</summary>
    /// <exception cref="InputException">The file is missing, breaks the format, or is no shard.</exception>
    internal static ShardHeader ReadHeader(string path) => ParseHeader(path, SafetensorsFile.ReadMetadata(path));

    /// <summary>Makes sense of the metadata.</summary>
    /// <exception cref="InputException">They are not those of a shard.</exception>
    internal static ShardHeader ParseHeader(string path, IReadOnlyDictionary<string, string> entries)
    {
        if (entries.GetValueOrDefault(FormatKey) != FormatName)
        {
            throw new InputException($"'{path}' is no shard; expected a file that a command wrote with --shard.");
        }

        ModelMetadata metadata = new(path, entries);
        metadata.Choice(VersionKey, FormatVersion);
        int items = metadata.Integer(ItemsKey);
        if (items < 1)
        {
            throw InputException.For($"metadata '{ItemsKey}' of '{path}'", items, "at least 1");
        }

        string text = metadata.Text(ShardKey, "a shard as in 3/8");
        return new ShardHeader(
            path,
            TryParse(text) ?? throw InputException.For($"metadata '{ShardKey}' of '{path}'", text, "a shard as in 3/8"),
            items,
            Under(RunPrefix, entries),
            Under(PartPrefix, entries));
    }

    /// <summary>Reads <c>3/8</c>; null where the text is something else.</summary>
    public static Shard? TryParse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] numbers = text.Split('/');
        return numbers.Length == 2
            && int.TryParse(numbers[0], NumberStyles.None, CultureInfo.InvariantCulture, out int index)
            && int.TryParse(numbers[1], NumberStyles.None, CultureInfo.InvariantCulture, out int count)
            && count is >= 1 and <= Shard.MostShards
            && index >= 1
            && index <= count
                ? new Shard(index, count)
                : null;
    }

    private static OrderedDictionary<string, string> Under(string prefix, IReadOnlyDictionary<string, string> entries)
    {
        OrderedDictionary<string, string> facts = new(StringComparer.Ordinal);
        foreach ((string key, string value) in entries)
        {
            if (key.StartsWith(prefix, StringComparison.Ordinal))
            {
                facts.Add(key[prefix.Length..], value);
            }
        }

        return facts;
    }

    [GeneratedRegex(@"^\.shard-[0-9]+-of-[0-9]+\.safetensors$")]
    private static partial Regex Suffix();
}

/// <summary>What a shard says of itself.</summary>
/// <param name="Path">The file.</param>
/// <param name="Shard">Which it is.</param>
/// <param name="Items">Samples or points of the whole run.</param>
/// <param name="Run">What all shards of the run share.</param>
/// <param name="Part">What is its own.</param>
internal sealed record ShardHeader(
    string Path,
    Shard Shard,
    int Items,
    IReadOnlyDictionary<string, string> Run,
    IReadOnlyDictionary<string, string> Part);
