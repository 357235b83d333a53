using ScoreGpu.Engine.Networks;
using ScoreGpu.Kernels.Cpu;

namespace ScoreGpu.Engine.Devices.Cpu;

/// <summary>A network as two chains of dense layers over one block of weights: the trunk, and the tower of levels.</summary>
/// <remarks><see cref="ChainLayout"/> says where its layers are; here they are addresses.</remarks>
internal sealed unsafe class CpuChains
{
    private readonly float* _base;
    private readonly ChainLayout _layout;

    /// <summary>Lays the chains over <paramref name="values"/>, the network's values or their gradients.</summary>
    public CpuChains(Network network, float* values)
    {
        _base = values;
        _layout = new ChainLayout(network);
        Trunk = Place(_layout.Trunk);
        Tower = Place(_layout.Tower);
    }

    /// <summary>The shape.</summary>
    public NetworkArchitecture Architecture => _layout.Architecture;

    /// <summary>From x to the output.</summary>
    public DenseLayer[] Trunk { get; }

    /// <summary>From a level's features to the trunk's first bias; empty for an unconditional network.</summary>
    public DenseLayer[] Tower { get; }

    /// <summary>The learned table E, or null.</summary>
    public float* Embedding => _layout.Embedding is int offset ? _base + offset : null;

    /// <summary>Features of a level: the tower's input.</summary>
    public int LevelFeatures => _layout.LevelFeatures;

    /// <summary>Features of the widest tile that either chain passes on.</summary>
    public int WidestLayer => _layout.WidestLayer;

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

    private DenseLayer[] Place(IReadOnlyList<LayerLayout> layers)
    {
        var placed = new DenseLayer[layers.Count];
        for (int l = 0; l < placed.Length; l++)
        {
            LayerLayout layer = layers[l];
            placed[l] = new DenseLayer(
                _base + layer.Weights,
                layer.RowStride,
                layer.Rows,
                layer.Depth,
                _base + layer.Bias,
                layer.ActivateInput);
        }

        return placed;
    }
}
