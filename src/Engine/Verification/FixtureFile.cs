using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Files;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Networks;

namespace ScoreGpu.Engine.Verification;

/// <summary>A fixture: a network under <c>model.*</c>, inputs, and what another program computed from them.</summary>
internal sealed class FixtureFile
{
    private const string ModelPrefix = "model.";

    private readonly SafetensorsFile _file;

    /// <summary>Reads a fixture.</summary>
    /// <exception cref="InputException">The file cannot be read, or its network is broken.</exception>
    public FixtureFile(string path)
    {
        Path = path;
        _file = SafetensorsFile.Read(path);
        var tensors = _file.Tensors
            .Where(entry => entry.Key.StartsWith(ModelPrefix, StringComparison.Ordinal))
            .ToDictionary(entry => entry.Key[ModelPrefix.Length..], entry => entry.Value);
        Network = NetworkTensors.ToNetwork(tensors, path);
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>D.</summary>
    public int Dimension => Network.Architecture.Dimension;

    /// <summary>Data of the right dimension for a trainer that is given its batches.</summary>
    public TrainingData NoData => new PointSetData(new PointSet(new float[Dimension], 1, Dimension));

    /// <summary>The first extent of a tensor, at least 1.</summary>
    /// <exception cref="InputException">The tensor is missing, a scalar or empty.</exception>
    public int CountOf(string name)
    {
        int[] shape = Find(name).Shape;
        return shape.Length > 0 && shape[0] > 0 ? shape[0] : throw Wrong(name, shape, "at least one entry");
    }

    /// <summary>A tensor in float64.</summary>
    /// <exception cref="InputException">It is missing, or of another shape, or not finite.</exception>
    public double[] Doubles(string name, params int[] shape)
    {
        double[] values = Require(name, shape).ToDoubles();
        int bad = Array.FindIndex(values, value => !double.IsFinite(value));
        return bad < 0
            ? values
            : throw InputException.For($"value {bad} of tensor '{name}' in '{Path}'", values[bad], "a finite number");
    }

    /// <summary>A tensor rounded to float32.</summary>
    /// <exception cref="InputException">It is missing, or of another shape, or not finite.</exception>
    public float[] Singles(string name, params int[] shape) =>
        Array.ConvertAll(Doubles(name, shape), value => (float)value);

    /// <summary>A tensor of indices below <paramref name="limit"/>.</summary>
    /// <exception cref="InputException">It is missing, of another shape or type, or an entry is out of range.</exception>
    public int[] Indices(string name, int limit, params int[] shape)
    {
        long[] values = Require(name, shape).ToInt64s();
        foreach (long value in values)
        {
            if (value < 0 || value >= limit)
            {
                throw InputException.For($"an entry of tensor '{name}' in '{Path}'", value, $"0 to {limit - 1}");
            }
        }

        return Array.ConvertAll(values, value => (int)value);
    }

    /// <summary>The values of a tensor a network parameter, laid out as <see cref="Network.Values"/>.</summary>
    /// <param name="prefix">What precedes the parameters' names, as in <c>grad.</c></param>
    /// <exception cref="InputException">One is missing or of another shape.</exception>
    public double[] Parameters(string prefix)
    {
        double[] values = new double[Network.Values.Length];
        foreach (var parameter in Network.Parameters)
        {
            Doubles(NameOf(prefix, parameter), [.. parameter.Shape]).CopyTo(values, parameter.Offset);
        }

        return values;
    }

    /// <summary>A parameter's name in the file, which may say <c>emb.*</c> for <c>sigma_emb.*</c>.</summary>
    public string NameOf(string prefix, NetworkParameter parameter)
    {
        string alias = prefix + parameter.Name.Replace("sigma_emb.", "emb.", StringComparison.Ordinal);
        return _file.Tensors.ContainsKey(alias) ? alias : prefix + parameter.Name;
    }

    private Tensor Find(string name) =>
        _file.Tensors.TryGetValue(name, out Tensor? tensor)
            ? tensor
            : throw InputException.For($"tensor '{name}' of '{Path}'", null, "a tensor of this name");

    private Tensor Require(string name, int[] shape)
    {
        var tensor = Find(name);
        return tensor.Shape.AsSpan().SequenceEqual(shape)
            ? tensor
            : throw Wrong(name, tensor.Shape, $"[{string.Join(", ", shape)}]");
    }

    private InputException Wrong(string name, int[] shape, string expected) =>
        InputException.For($"shape of tensor '{name}' in '{Path}'", $"[{string.Join(", ", shape)}]", expected);
}
