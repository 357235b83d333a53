using ScoreGpu.Engine.Files;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Kernels;

namespace ScoreGpu.Engine.Models;

/// <summary>What no tensor's shape tells of an architecture.</summary>
/// <param name="Activation">What follows every layer but the last.</param>
/// <param name="Input">What features of time are of.</param>
/// <param name="InputScale">What they multiply it by.</param>
internal readonly record struct UntoldArchitecture(Activation Activation, TimeInput Input, double InputScale);

/// <summary>A network from tensors with the names of a PyTorch <c>state_dict</c>, and back.</summary>
/// <remarks>
/// The architecture follows from the shapes: H from <c>net.0.bias</c>, D from the last bias, the layers by counting,
/// the conditioning from the presence of <c>time_embed.*</c>, <c>sigma_emb.*</c> (or its alias <c>emb.*</c>),
/// <c>time_mlp.*</c> or the buffer <c>time_mlp.0.W</c>. Then every tensor is checked against it; none may be missing or left over, and every value is finite.
/// </remarks>
public static class NetworkTensors
{
    private const string SigmaPrefix = "sigma_emb.";
    private const string SigmaAlias = "emb.";
    private const string FirstOfFeatures = "time_mlp.1.weight";
    private const string Frequencies = "time_mlp.0.W";

    /// <summary>The network's tensors in PyTorch's order.</summary>
    public static IEnumerable<Tensor> FromNetwork(Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        IEnumerable<Tensor> buffers = network.Architecture.Conditioning is FourierEmbedding fourier
            ? [Tensor.FromSingles(Frequencies, [fourier.Frequencies.Length], fourier.Frequencies)]
            : [];
        return buffers.Concat(network.Parameters.Select(
            parameter => Tensor.FromSingles(parameter.Name, [.. parameter.Shape], network[parameter.Name])));
    }

    /// <summary>Whether the tensors are of a network that is told sinusoidal or Fourier features.</summary>
    internal static bool HasTimeFeatures(IReadOnlyDictionary<string, Tensor> tensors) =>
        tensors.ContainsKey(FirstOfFeatures);

    /// <summary>The network of a file's tensors, with silu.</summary>
    /// <param name="tensors">By name, without any prefix.</param>
    /// <param name="path">The file, for messages.</param>
    /// <exception cref="InputException">A tensor is missing, left over, of another shape or type, or not finite.
    /// </exception>
    public static Network ToNetwork(IReadOnlyDictionary<string, Tensor> tensors, string path) =>
        ToNetwork(tensors, path, new UntoldArchitecture(Activation.Silu, TimeInput.Time, 1));

    /// <summary>The network of a file's tensors.</summary>
    /// <param name="tensors">By name, without any prefix.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="untold">What the tensors do not tell.</param>
    /// <exception cref="InputException">As above.</exception>
    internal static Network ToNetwork(
        IReadOnlyDictionary<string, Tensor> tensors, string path, UntoldArchitecture untold)
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

        var architecture = FindArchitecture(named, path, untold);
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

        if (named.Keys
            .Except(parameters.Select(parameter => parameter.Name))
            .FirstOrDefault(name => name != Frequencies) is { } extra)
        {
            throw InputException.For(
                $"a tensor of '{path}'", extra, "only the tensors of the network, net.* and its embedding");
        }

        var network = new Network(architecture);
        foreach (var parameter in parameters)
        {
            FiniteValues(named[parameter.Name], path).CopyTo(network[parameter.Name]);
        }

        return network;
    }

    private static float[] FiniteValues(Tensor tensor, string path)
    {
        float[] values = tensor.ToSingles();
        int bad = Array.FindIndex(values, value => !float.IsFinite(value));
        return bad < 0
            ? values
            : throw InputException.For(
                $"value {bad} of tensor '{tensor.Name}' in '{path}'", values[bad], "a finite number");
    }

    private static string Canonical(string name) =>
        name.StartsWith(SigmaAlias, StringComparison.Ordinal) ? SigmaPrefix + name[SigmaAlias.Length..] : name;

    private static NetworkArchitecture FindArchitecture(
        Dictionary<string, Tensor> tensors, string path, UntoldArchitecture untold)
    {
        int layers = 0;
        while (tensors.ContainsKey($"net.{2 * (layers + 1)}.weight"))
        {
            layers++;
        }

        int hidden = Extent(tensors, "net.0.bias", 1, 0, path);
        int inputs = Extent(tensors, "net.0.weight", 2, 1, path);
        int dimension = Extent(tensors, $"net.{2 * layers}.bias", 1, 0, path);
        var conditioning = FindConditioning(tensors, inputs - dimension, path, untold);
        return new NetworkArchitecture(dimension, hidden, layers, conditioning) { Activation = untold.Activation };
    }

    private static TimeConditioning FindConditioning(
        Dictionary<string, Tensor> tensors, int width, string path, UntoldArchitecture untold)
    {
        if (tensors.TryGetValue(Frequencies, out Tensor? frequencies))
        {
            Extent(tensors, Frequencies, 1, 0, path);
            return new FourierEmbedding(FiniteValues(frequencies, path), width, untold.InputScale, untold.Input);
        }

        if (tensors.ContainsKey(FirstOfFeatures))
        {
            int features = Extent(tensors, FirstOfFeatures, 2, 1, path);
            return new SinusoidalEmbedding(features, width, untold.InputScale, untold.Input);
        }

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
