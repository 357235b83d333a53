using ScoreGpu.Kernels;

namespace ScoreGpu.Engine.Networks;

/// <summary>A network as two chains of dense layers over one block of weights: the trunk, and the tower of levels.</summary>
/// <remarks>
/// The tower turns a level into the trunk's first bias, b₁(t) = W₁,ₜ·emb(t) + b₁: its last layer is the part of
/// <c>net.0</c> that multiplies the embedding. The trunk's first layer is the part that multiplies x.
/// </remarks>
internal sealed class ChainLayout
{
    private readonly Dictionary<string, NetworkParameter> _parameters;

    /// <summary>Lays out a network.</summary>
    public ChainLayout(Network network)
    {
        Architecture = network.Architecture;
        Values = network.Values.Length;
        _parameters = network.Parameters.ToDictionary(parameter => parameter.Name);
        Trunk = BuildTrunk();
        Tower = BuildTower();
    }

    /// <summary>The shape.</summary>
    public NetworkArchitecture Architecture { get; }

    /// <summary>Weights of the whole network.</summary>
    public int Values { get; }

    /// <summary>From x to the output.</summary>
    public IReadOnlyList<LayerLayout> Trunk { get; }

    /// <summary>From a level's features to the trunk's first bias; empty for an unconditional network.</summary>
    public IReadOnlyList<LayerLayout> Tower { get; }

    /// <summary>Where the learned table E is, or null.</summary>
    public int? Embedding =>
        Architecture.Conditioning is LearnedEmbedding ? _parameters["time_embed.0.weight"].Offset : null;

    /// <summary>Features of a level: the tower's input.</summary>
    public int LevelFeatures => Tower.Count == 0 ? 0 : Tower[0].Depth;

    /// <summary>Features of the widest tile that either chain passes on.</summary>
    public int WidestLayer => Trunk.Concat(Tower).Max(layer => Math.Max(layer.Rows, layer.Depth));

    private LayerLayout[] BuildTrunk()
    {
        var layers = new LayerLayout[Architecture.Layers + 1];
        for (int l = 0; l < layers.Length; l++)
        {
            var weight = _parameters[$"net.{2 * l}.weight"];
            int depth = l == 0 ? Architecture.Dimension : Architecture.Hidden;
            layers[l] = Layer($"net.{2 * l}", 0, depth, weight.Shape[1], l > 0);
        }

        return layers;
    }

    private LayerLayout[] BuildTower()
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
            TimeFeatures features =>
            [
                Layer("time_mlp.1", 0, features.FeatureCount, features.FeatureCount, false),
                Layer("time_mlp.3", 0, width, width, true),
                Layer("net.0", Architecture.Dimension, width, rowStride, false),
            ],
            _ => [],
        };
    }

    private LayerLayout Layer(string name, int firstColumn, int depth, int rowStride, bool activateInput)
    {
        var weight = _parameters[name + ".weight"];
        var bias = _parameters[name + ".bias"];
        Activation activation = activateInput ? Architecture.Activation : Activation.None;
        return new LayerLayout(weight.Offset + firstColumn, rowStride, bias.Length, depth, bias.Offset, activation);
    }
}
