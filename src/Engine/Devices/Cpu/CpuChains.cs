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
    /// Writes the tower's input for up to 64 levels, feature-major: the rows of E, or computed features. The columns beyond
    /// them repeat the last level.
    /// </summary>
    public void FillLevelFeatures(ReadOnlySpan<float> conditions, float* features)
    {
        if (Architecture.Conditioning is ComputedFeatures computed)
        {
            FillComputed(computed, conditions, features);
            return;
        }

        int* rows = stackalloc int[Tile.Width];
        for (int n = 0; n < Tile.Width; n++)
        {
            rows[n] = (int)conditions[Math.Min(n, conditions.Length - 1)];
        }

        int width = Architecture.Conditioning.Width;
        TransposeKernel.GatherToFeatureMajor(Embedding, rows, width, width, features);
    }

    private static void FillComputed(ComputedFeatures computed, ReadOnlySpan<float> conditions, float* features)
    {
        Span<float> row = stackalloc float[computed.FeatureCount];
        for (int n = 0; n < Tile.Width; n++)
        {
            if (n < conditions.Length)
            {
                computed.Fill(conditions[n], row);
            }

            for (int f = 0; f < row.Length; f++)
            {
                features[(f * Tile.Width) + n] = row[f];
            }
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
                layer.Activation);
        }

        return placed;
    }
}
