using ScoreGpu.Engine.Files;
using ScoreGpu.Engine.Networks;

namespace ScoreGpu.Engine.Models;

/// <summary>A network from tensors with the names of a PyTorch <c>state_dict</c>, and back.</summary>
/// <remarks>
/// The architecture follows from the shapes: H from <c>net.0.bias</c>, D from the last bias, the layers by counting,
/// the conditioning from the presence of <c>time_embed.*</c> or <c>sigma_emb.*</c> (or its alias <c>emb.*</c>). Then
/// every tensor is checked against it; none may be missing or left over, and every value is finite.
/// </remarks>
public static class NetworkTensors
{
    private const string SigmaPrefix = "sigma_emb.";
    private const string SigmaAlias = "emb.";

    /// <summary>The network's tensors in PyTorch's order.</summary>
    public static IEnumerable<Tensor> FromNetwork(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        return network.Parameters.Select(
            parameter => Tensor.FromSingles(parameter.Name, [.. parameter.Shape], network[parameter.Name]));
    }

    /// <summary>The network of a file's tensors.</summary>
    /// <param name="tensors">By name, without any prefix.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="InputException">A tensor is missing, left over, of another shape or type, or not finite.
    /// </exception>
    public static Network ToNetwork(IReadOnlyDictionary<string, Tensor> tensors, string path)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var named = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach ((string name, Tensor tensor) in tensors)
        {
            if (!named.TryAdd(Canonical(name), tensor))
            {
                throw InputException.For($"a tensor of '{path}'", name, "either emb.* or sigma_emb.*");
            }
        }

        var architecture = FindArchitecture(named, path);
        try
        {
            architecture.Validate();
        }
        catch (InputException exception)
        {
            throw new InputException($"'{path}': {exception.Message}", exception);
        }

        var parameters = architecture.DescribeParameters();
        foreach (var parameter in parameters)
        {
            RequireShape(Find(named, parameter.Name, path), [.. parameter.Shape], path);
        }

        if (named.Keys.Except(parameters.Select(parameter => parameter.Name)).FirstOrDefault() is { } extra)
        {
            throw InputException.For(
                $"a tensor of '{path}'", extra, "only the tensors of the network, net.* and its embedding");
        }

        var network = new Network(architecture);
        foreach (var parameter in parameters)
        {
            float[] values = named[parameter.Name].ToSingles();
            int bad = Array.FindIndex(values, value => !float.IsFinite(value));
            if (bad >= 0)
            {
                throw InputException.For(
                    $"value {bad} of tensor '{parameter.Name}' in '{path}'", values[bad], "a finite number");
            }

            values.CopyTo(network[parameter.Name]);
        }

        return network;
    }

    private static string Canonical(string name) =>
        name.StartsWith(SigmaAlias, StringComparison.Ordinal) ? SigmaPrefix + name[SigmaAlias.Length..] : name;

    private static NetworkArchitecture FindArchitecture(Dictionary<string, Tensor> tensors, string path)
    {
        int layers = 0;
        while (tensors.ContainsKey($"net.{2 * (layers + 1)}.weight"))
        {
            layers++;
        }

        int hidden = Extent(tensors, "net.0.bias", 1, 0, path);
        int inputs = Extent(tensors, "net.0.weight", 2, 1, path);
        int dimension = Extent(tensors, $"net.{2 * layers}.bias", 1, 0, path);
        return new NetworkArchitecture(dimension, hidden, layers, FindConditioning(tensors, inputs - dimension, path));
    }

    private static TimeConditioning FindConditioning(Dictionary<string, Tensor> tensors, int width, string path)
    {
        if (tensors.ContainsKey("time_embed.0.weight"))
        {
            return new LearnedEmbedding(Extent(tensors, "time_embed.0.weight", 2, 0, path), width);
        }

        return tensors.ContainsKey(SigmaPrefix + "0.weight") ? new LogSigmaEmbedding(width) : new NoConditioning();
    }

    private static int Extent(Dictionary<string, Tensor> tensors, string name, int rank, int axis, string path)
    {
        var tensor = Find(tensors, name, path);
        return tensor.Shape.Length == rank
            ? tensor.Shape[axis]
            : throw InputException.For(
                $"shape of tensor '{name}' in '{path}'", Show(tensor.Shape), $"{rank} dimensions");
    }

    private static Tensor Find(Dictionary<string, Tensor> tensors, string name, string path)
    {
        if (!tensors.TryGetValue(name, out Tensor? tensor))
        {
            throw InputException.For($"tensor '{name}' of '{path}'", null, "a tensor of this name");
        }

        return tensor.DType == TensorType.F32
            ? tensor
            : throw InputException.For($"type of tensor '{name}' in '{path}'", tensor.DType, "F32");
    }

    private static void RequireShape(Tensor tensor, int[] expected, string path)
    {
        if (!tensor.Shape.AsSpan().SequenceEqual(expected))
        {
            throw InputException.For(
                $"shape of tensor '{tensor.Name}' in '{path}'", Show(tensor.Shape), Show(expected));
        }
    }

    private static string Show(int[] shape) => $"[{string.Join(", ", shape)}]";
}
