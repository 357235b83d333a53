using ScoreGpu.Kernels;

namespace ScoreGpu.Engine.Networks;

/// <summary>An architecture and the values of its weights, on the host. Devices work on copies.</summary>
public sealed class Network
{
    private readonly Dictionary<string, NetworkParameter> _byName;

    /// <summary>A network of zeros.</summary>
    /// <exception cref="InputException">The architecture is out of range.</exception>
    public Network(NetworkArchitecture architecture)
    {
        architecture.Validate();
        Architecture = architecture;
        Parameters = architecture.DescribeParameters();
        _byName = Parameters.ToDictionary(parameter => parameter.Name);
        Values = new float[Parameters[^1].Offset + Parameters[^1].Length];
    }

    /// <summary>The shape.</summary>
    public NetworkArchitecture Architecture { get; }

    /// <summary>Every tensor, in PyTorch's order.</summary>
    public IReadOnlyList<NetworkParameter> Parameters { get; }

    /// <summary>All weights, tensor after tensor.</summary>
    public float[] Values { get; }

    /// <summary>The values of one tensor.</summary>
    public Span<float> this[string name] => Values.AsSpan(_byName[name].Offset, _byName[name].Length);

    /// <summary>
    /// A network with PyTorch's default initialisation: every weight and bias of a linear layer uniform on
    /// ±1/√fan_in, an embedding table N(0, 1).
    /// </summary>
    /// <remarks>Value i of the network is draw i of Philox: the same seed gives the same network everywhere.</remarks>
    public static Network Create(NetworkArchitecture architecture, ulong seed)
    {
        var network = new Network(architecture);
        foreach (var parameter in network.Parameters)
        {
            double bound = parameter.FanIn > 0 ? 1.0 / Math.Sqrt(parameter.FanIn) : 0.0;
            for (int i = 0; i < parameter.Length; i++)
            {
                int index = parameter.Offset + i;
                (uint x0, uint x1, _, _) = Philox.Next(
                    (uint)index, 0, 0, PhiloxStreams.NetworkInitialisation, (uint)seed, (uint)(seed >> 32));
                network.Values[index] = parameter.FanIn > 0
                    ? (float)(bound * (((x0 + 0.5) / 2147483648.0) - 1.0))
                    : (float)BoxMuller.Transform(x0, x1).Z0;
            }
        }

        return network;
    }
}
