using System.CommandLine;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ScoreGpu.Cli.Help;
using ScoreGpu.Cli.Options;
using ScoreGpu.Cli.Output;
using ScoreGpu.Engine.Files;
using ScoreGpu.Engine.Sharding;

namespace ScoreGpu.Cli.Sharding;

/// <summary>One part of a run, and what its files say, so that merge can tell whether parts belong together.</summary>
internal sealed class ShardJob
{
    private readonly int _items;
    private readonly List<KeyValuePair<string, string>> _run = [];

    /// <summary>Begins.</summary>
    /// <param name="shard">Which part.</param>
    /// <param name="items">Samples or points of the whole run.</param>
    public ShardJob(Shard shard, int items)
    {
        Shard = shard;
        _items = items;
    }

    /// <summary>Which part.</summary>
    public Shard Shard { get; }

    /// <summary>The first item, from 0, and how many.</summary>
    public (int First, int Count) Part => Shard.PartOf(_items);

    /// <summary>The part's file, once it is known that it can be written.</summary>
    /// <exception cref="Engine.InputException">It cannot be written.</exception>
    public static string PathOf(string output, Shard shard)
    {
        string path = ShardFile.PathOf(output, shard);
        AtomicFile.RequireWritable(path);
        return path;
    }

    /// <summary>Notes what all parts share: the program, the device, the model and what was asked for.</summary>
    /// <param name="parsed">The arguments.</param>
    /// <param name="run">The device.</param>
    /// <param name="model">The model's option.</param>
    /// <param name="points">The option of points that the run begins with.</param>
    /// <param name="seed">The option of the seed.</param>
    /// <param name="options">The options that results depend on.</param>
    public void AddRun(
        ParseResult parsed,
        ModelRun run,
        Option<string?> model,
        Option<string?> points,
        Option<ulong> seed,
        IEnumerable<Option> options)
    {
        Add(ShardSet.Version, VersionText.Number);
        Add(ShardSet.Arithmetic, run.Arithmetic);
        Add("model", HashOf(InputFile.ReadAllBytes(parsed.GetValue(model)!)));
        Add("seed", parsed.GetValue(seed).ToString(CultureInfo.InvariantCulture));
        if (parsed.GetValue(points) is { } path)
        {
            Add(points.Name[2..], HashOf(InputFile.ReadAllBytes(path)));
        }

        IEnumerable<string> given = options
            .Where(option => UnusedOptions.IsGiven(parsed, option))
            .SelectMany(option => parsed.GetResult(option)!.Tokens.Select(token => token.Value).Prepend(option.Name));
        Add("options", string.Join(' ', given));
    }

    /// <summary>Notes something that all parts share.</summary>
    public void Add(string key, string value) => _run.Add(new(key, value));

    /// <summary>Notes numbers that all parts share, to the bit.</summary>
    public void Add(string key, params ReadOnlySpan<double> values) =>
        Add(key, string.Join(' ', values.ToArray().Select(NumberText.Exact)));

    /// <summary>Notes values that all parts share, by their hash.</summary>
    public void AddHash(string key, ReadOnlySpan<float> values) => Add(key, HashOf(MemoryMarshal.AsBytes(values)));

    /// <summary>Writes a file of the part.</summary>
    /// <param name="path">Where.</param>
    /// <param name="content">What it holds.</param>
    /// <param name="own">What is this part's own.</param>
    /// <param name="tensors">The results.</param>
    /// <exception cref="Engine.InputException">It cannot be written.</exception>
    public void Write(
        string path, string content, IEnumerable<(string Key, double Value)> own, params Tensor[] tensors) =>
        ShardFile.Write(
            path,
            Shard,
            _items,
            [new(ShardContent.Key, content), .. _run],
            own.Select(fact => new KeyValuePair<string, string>(fact.Key, NumberText.Exact(fact.Value))),
            tensors);

    /// <summary>Adds the part to a report.</summary>
    public void AddTo(Report report)
    {
        (int first, int count) = Part;
        string range = count == 0
            ? "none of"
            : $"{NumberText.Count(first)} to {NumberText.Count(first + count - 1)} of";
        report.Add("part", () => Shard.ToString(), $"{Shard.Index} of {Shard.Count}, {range} {NumberText.Count(_items)}");
        report.AddHidden("first", () => first);
        report.AddHidden("whole_count", () => _items);
    }

    private static string HashOf(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
