using ScoreGpu.Engine.Networks;
using ScoreGpu.Kernels.Cpu;

namespace ScoreGpu.Engine.Devices.Cpu;

/// <summary>A network as two chains of dense layers over one block of weights: the trunk, and the tower of levels.</summary>
/// <remarks>
/// The tower turns a level into the trunk's first bias, b₁(t) = W₁,ₜ·emb(t) + b₁: its last layer is the part of
/// <c>net.0</c> that multiplies the embedding. The trunk's first layer is the part that multiplies x.
/// </remarks>
internal sealed unsafe class CpuChains
{
    private readonly float* _base;
    private readonly Dictionary<string, NetworkParameter> _parameters;

    /// <summary>Lays the chains over <paramref name="values"/>, the network's values or their gradients.</summary>
    public CpuChains(Network network, float* values)
    {
        _base = values;
        Architecture = network.Architecture;
        _parameters = network.Parameters.ToDictionary(parameter => parameter.Name);
        Trunk = BuildTrunk();
        Tower = BuildTower();
    }

    /// <summary>The shape.</summary>
    public NetworkArchitecture Architecture { get; }

    /// <summary>From x to the output.</summary>
    public DenseLayer[] Trunk { get; }

    /// <summary>From a level's features to the trunk's first bias; empty for an unconditional network.</summary>
    public DenseLayer[] Tower { get; }

    /// <summary>The learned table E, or null.</summary>
    public float* Embedding =>
        Architecture.Conditioning is LearnedEmbedding ? Find("time_embed.0.weight") : null;

    /// <summary>Features of a level: the tower's input.</summary>
    public int LevelFeatures => Tower.Length == 0 ? 0 : Tower[0].Depth;

    /// <summary>Features of the widest tile that either chain passes on.</summary>
    public int WidestLayer =>
        Trunk.Concat(Tower).Max(layer => Math.Max(layer.Rows, layer.Depth));

    /// <summary>
    /// Writes the tower's input for up to 64 levels, feature-major: the rows of E, or ln(σ + 1e-8). The columns beyond
    /// them repeat the last level.
    /// </summary>
    public void FillLevelFeatures(ReadOnlySpan<float> conditions, float* features)
    {
        int* rows = stackalloc int[Tile.Width];
        for (int n = 0; n < Tile.Width; n++)
        {
            float condition = conditions[Math.Min(n, conditions.Length - 1)];
            if (Architecture.Conditioning is LearnedEmbedding)
            {
                rows[n] = (int)condition;
            }
            else
            {
                features[n] = (float)Math.Log(condition + LogSigmaEmbedding.Offset);
            }
        }

        if (Architecture.Conditioning is LearnedEmbedding learned)
        {
            TransposeKernel.GatherToFeatureMajor(Embedding, rows, learned.Width, learned.Width, features);
        }
    }

    private DenseLayer[] BuildTrunk()
    {
        var layers = new DenseLayer[Architecture.Layers + 1];
        for (int l = 0; l < layers.Length; l++)
        {
            var weight = _parameters[$"net.{2 * l}.weight"];
            int depth = l == 0 ? Architecture.Dimension : Architecture.Hidden;
            layers[l] = Layer($"net.{2 * l}", 0, depth, weight.Shape[1], l > 0);
        }

        return layers;
    }

    private DenseLayer[] BuildTower()
    {
        int width = Architecture.Conditioning.Width;
        int rowStride = Architecture.Dimension + width;
        return Architecture.Conditioning switch
        {
            LearnedEmbedding =>
            [
                Layer("time_embed.2", 0, width, width, true),
                Layer("net.0", Architecture.Dimension, width, rowStride, false),
            ],
            LogSigmaEmbedding =>
            [
                Layer("sigma_emb.0", 0, 1, 1, false),
                Layer("sigma_emb.2", 0, width, width, true),
                Layer("net.0", Architecture.Dimension, width, rowStride, true),
            ],
            _ => [],
        };
    }

    private DenseLayer Layer(string name, int firstColumn, int depth, int rowStride, bool activateInput) =>
        new(
            Find(name + ".weight") + firstColumn,
            rowStride,
            _parameters[name + ".bias"].Length,
            depth,
            Find(name + ".bias"),
            activateInput);

    private float* Find(string name) => _base + _parameters[name].Offset;
}
