using ScoreGpu.Engine.Files;
using ScoreGpu.Engine.Models;

namespace ScoreGpu.Engine.Sharding;

/// <summary>All shards of one run, each once: what a run as a whole would have left is joined from them.</summary>
/// <remarks>
/// Opening reads the headers and refuses what does not belong together. Tensors are read one shard at a time, and each
/// shape is checked against the part that the shard has of the whole.
/// </remarks>
public sealed class ShardSet
{
    /// <summary>The fact that names the version of the program.</summary>
    public const string Version = "version";

    /// <summary>The fact that names the kind of device.</summary>
    public const string Arithmetic = "device";

    private const int MostNamed = 20;

    private readonly IReadOnlyList<ShardHeader> _shards;
    private readonly ModelMetadata _run;

    private ShardSet(IReadOnlyList<ShardHeader> shards)
    {
        _shards = shards;
        _run = new ModelMetadata(shards[0].Path, shards[0].Run);
    }

    /// <summary>n.</summary>
    public int Count => _shards.Count;

    /// <summary>Samples or points of the whole run.</summary>
    public int Items => _shards[0].Items;

    /// <summary>The kinds of devices that were at work.</summary>
    public IReadOnlyList<string> Devices => [.. _shards.Select(shard => shard.Run.GetValueOrDefault(Arithmetic, "")).Distinct()];

    /// <summary>Opens shards.</summary>
    /// <param name="paths">Their files, in any order.</param>
    /// <param name="mixed">Whether devices and versions may differ; their last bits may then too.</param>
    /// <exception cref="InputException">One is missing, there twice, of another run, or cannot be read.</exception>
    public static ShardSet Open(IReadOnlyList<string> paths, bool mixed = false)
    {
        ArgumentNullException.ThrowIfNull(paths);
        if (paths.Count == 0)
        {
            throw InputException.For("the shards", null, "the files that a command wrote with --shard");
        }

        ShardHeader[] shards = [.. paths.Select(ShardFile.ReadHeader)];
        foreach (ShardHeader other in shards)
        {
            RequireSameRun(shards[0], other, mixed);
        }

        Array.Sort(shards, (a, b) => a.Shard.Index.CompareTo(b.Shard.Index));
        RequireEachOnce(shards);
        return new ShardSet(shards);
    }

    /// <summary>What all shards say of the run.</summary>
    /// <exception cref="InputException">They do not.</exception>
    public string Text(string key) => _run.Text(key, "what a command writes there");

    /// <summary>As <see cref="Text"/>, or null where they do not.</summary>
    public string? Find(string key) => _run.OptionalText(key);

    /// <summary>A whole number that all shards say, at least 0.</summary>
    /// <exception cref="InputException">It is missing or something else.</exception>
    public int Whole(string key) => _run.Integer(key);

    /// <summary>Numbers that all shards say.</summary>
    /// <exception cref="InputException">They are missing or something else.</exception>
    public double[] Numbers(string key) => _run.Numbers(key);

    /// <summary>The mean over the items of a number that each shard has as the mean over its own.</summary>
    /// <exception cref="InputException">It is missing or something else.</exception>
    public double MeanOf(string key)
    {
        double sum = 0;
        foreach (ShardHeader shard in _shards)
        {
            int count = shard.Shard.PartOf(Items).Count;
            if (count > 0)
            {
                // Where the number is a mean of counts, its sum is one too.
                double share = count * new ModelMetadata(shard.Path, shard.Part).Number(key);
                sum += Math.Abs(share - Math.Round(share)) < 1e-6 ? Math.Round(share) : share;
            }
        }

        return sum / Items;
    }

    /// <summary>Whether a shard says something of its own.</summary>
    public bool HasPart(string key) => _shards.Any(shard => shard.Part.ContainsKey(key));

    /// <summary>Joins a tensor.</summary>
    /// <param name="name">Its name in every shard.</param>
    /// <param name="type">Its type.</param>
    /// <param name="shape">The shape of the whole.</param>
    /// <param name="axis">The axis that counts the items, along which the shards have their parts.</param>
    /// <param name="progress">Told the share done.</param>
    /// <param name="cancellation">Stops between two shards.</param>
    /// <exception cref="InputException">A tensor is missing or of another type or shape, or the whole is too large.
    /// </exception>
    public Tensor Join(
        string name,
        TensorType type,
        int[] shape,
        int axis,
        IProgress<double>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(shape);
        long values = shape[axis] == Items ? Tensor.CountOf(shape, type) : -1;
        if (values < 0)
        {
            throw InputException.For(
                $"the shape of '{name}'", $"[{string.Join(", ", shape)}]", $"{Items} along axis {axis}, and under 2 GiB");
        }

        int size = Tensor.SizeOf(type);
        byte[] whole = new byte[values * size];
        long inner = size;
        foreach (int length in shape[(axis + 1)..])
        {
            inner *= length;
        }

        ForEach(progress, Copy, cancellation);
        return new Tensor(name, type, shape, whole);

        void Copy(Shard shard, SafetensorsFile file)
        {
            (int first, int count) = shard.PartOf(Items);
            int[] expected = [.. shape];
            expected[axis] = count;
            ReadOnlySpan<byte> part = Require(file, name, type, expected).Bytes;
            int run = (int)(count * inner);
            for (int at = 0, outer = 0; at < part.Length; at += run, outer++)
            {
                long target = (((long)outer * Items) + first) * inner;
                part.Slice(at, run).CopyTo(whole.AsSpan((int)target));
            }
        }
    }

    /// <summary>Reads the shards one after another, in order.</summary>
    /// <param name="progress">Told the share done.</param>
    /// <param name="visit">Given a shard and its file.</param>
    /// <param name="cancellation">Stops between two shards.</param>
    /// <exception cref="InputException">A file has changed since it was opened.</exception>
    public void ForEach(
        IProgress<double>? progress, Action<Shard, SafetensorsFile> visit, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(visit);
        foreach (ShardHeader shard in _shards)
        {
            cancellation.ThrowIfCancellationRequested();
            SafetensorsFile file = SafetensorsFile.Read(shard.Path);
            ShardHeader now = ShardFile.ParseHeader(shard.Path, file.Metadata);
            if (now.Shard != shard.Shard || now.Items != Items || Difference(shard, now, mixed: false) is not null)
            {
                throw new InputException($"'{shard.Path}' was replaced meanwhile; expected shards that nobody is writing.");
            }

            try
            {
                visit(shard.Shard, file);
            }
            catch (InputException exception)
            {
                throw new InputException($"'{shard.Path}': {exception.Message}", exception);
            }

            progress?.Report((double)shard.Shard.Index / Count);
        }
    }

    /// <summary>A shard's tensor, checked.</summary>
    /// <exception cref="InputException">It is missing, or of another type or shape.</exception>
    public static Tensor Require(SafetensorsFile file, string name, TensorType type, params int[] shape)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(shape);
        Tensor tensor = file[name];
        return tensor.DType == type && tensor.Shape.AsSpan().SequenceEqual(shape)
            ? tensor
            : throw new InputException(
                $"The tensor '{name}' is {tensor.DType} [{string.Join(", ", tensor.Shape)}]; expected {type} "
                + $"[{string.Join(", ", shape)}].");
    }

    private static void RequireSameRun(ShardHeader first, ShardHeader other, bool mixed)
    {
        if (first.Shard.Count != other.Shard.Count)
        {
            throw new InputException(
                $"'{other.Path}' is shard {other.Shard} and '{first.Path}' shard {first.Shard}; expected shards of one run, "
                + "cut into as many parts.");
        }

        if (first.Items != other.Items)
        {
            throw Another(first, other, "count", $"{other.Items}", $"{first.Items}", "shards of one run");
        }

        if (Difference(first, other, mixed) is { } key)
        {
            bool isArithmetic = key is Version or Arithmetic;
            throw Another(
                first,
                other,
                key,
                other.Run.GetValueOrDefault(key, "nothing"),
                first.Run.GetValueOrDefault(key, "nothing"),
                isArithmetic
                    ? $"one {key} for all, whose bits one run has, or --mixed for results that agree to rounding"
                    : "shards of one run");
        }
    }

    private static InputException Another(
        ShardHeader first, ShardHeader other, string key, string there, string here, string expected) => new(
            $"'{other.Path}' does not belong to '{first.Path}': its {key} is '{there}', and there it is '{here}'; expected "
            + $"{expected}.");

    private static string? Difference(ShardHeader first, ShardHeader other, bool mixed) =>
        first.Run.Keys.Union(other.Run.Keys)
            .Where(key => !(mixed && key is Version or Arithmetic))
            .FirstOrDefault(key => first.Run.GetValueOrDefault(key) != other.Run.GetValueOrDefault(key));

    private static void RequireEachOnce(ShardHeader[] sorted)
    {
        for (int i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].Shard == sorted[i - 1].Shard)
            {
                throw new InputException(
                    $"'{sorted[i - 1].Path}' and '{sorted[i].Path}' are both shard {sorted[i].Shard}; expected each once.");
            }
        }

        int count = sorted[0].Shard.Count;
        if (sorted.Length == count)
        {
            return;
        }

        int[] missing = [.. Enumerable.Range(1, count).Except(sorted.Select(shard => shard.Shard.Index))];
        string names = string.Join(", ", missing.Take(MostNamed));
        string more = missing.Length > MostNamed ? $" and {missing.Length - MostNamed} more" : "";
        throw new InputException(
            $"{(missing.Length == 1 ? "shard" : "shards")} {names}{more} of {count} "
            + $"{(missing.Length == 1 ? "is" : "are")} missing; expected all {count}.");
    }
}
