namespace ScoreGpu.Kernels.Cpu;

/// <summary>What the forward pass of a tile leaves for the backward pass and the weight gradient, and where.</summary>
/// <remarks>
/// The gradient of a layer's weights, δ · aᵀ, sums over the samples. As a register block it wants one factor
/// feature-major (its scalars are broadcast along k, the sample) and the other sample-major (its vectors run along a
/// row). For each layer the tape therefore holds
/// <list type="bullet">
/// <item><description>a wide layer: the input a sample-major, δ feature-major [rows, 64];</description></item>
/// <item><description>a narrow one: the input a feature-major [depth, 64], δ sample-major.</description></item>
/// </list>
/// Sample-major is in panels of 64 features, [features ↑ 64 / 64, 64, 64]: a register block reads one panel, and it is
/// contiguous. What only the backward pass of the same tile needs is kept beside the tape: where the input is activated,
/// the derivatives of the activation f [depth, 64], and with tangents the pre-activation tangents.
/// </remarks>
public sealed class Tape
{
    private readonly int[] _input;
    private readonly int[] _delta;
    private readonly int[] _first;
    private readonly int[] _second;

    /// <summary>Lays out the tape of one tile.</summary>
    /// <param name="layers">The chain.</param>
    /// <param name="tangents">Tangents carried forward with each sample; 0 for a plain forward pass.</param>
    public Tape(ReadOnlySpan<DenseLayer> layers, int tangents)
    {
        Tangents = tangents;
        _input = new int[layers.Length];
        _delta = new int[layers.Length];
        _first = new int[layers.Length];
        _second = new int[layers.Length];
        int lane = 0;
        for (int l = 0; l < layers.Length; l++)
        {
            _input[l] = lane;
            lane += layers[l].IsNarrow ? layers[l].Depth * Tile.Width : RoundUp(layers[l].Depth) * Tile.Width;
            _delta[l] = lane;
            lane += DeltaLength(layers[l]);
        }

        LaneStride = lane;
        TileStride = (1 + tangents) * lane;
        for (int l = 0; l < layers.Length; l++)
        {
            if (layers[l].ActivateInput)
            {
                int size = layers[l].Depth * Tile.Width;
                _first[l] = DerivativesLength;
                _second[l] = DerivativesLength + size;

                // With tangents: f'' and every pre-activation tangent too.
                DerivativesLength += tangents == 0 ? size : (2 + tangents) * size;
            }
        }
    }

    /// <summary>Tangents carried with each sample.</summary>
    public int Tangents { get; }

    /// <summary>Elements of one lane: the primal pass, or one tangent.</summary>
    public int LaneStride { get; }

    /// <summary>Elements of a whole tile.</summary>
    public int TileStride { get; }

    /// <summary>Elements of what is kept beside a tile's tape.</summary>
    public int DerivativesLength { get; }

    /// <summary>The (activated) input of layer <paramref name="layer"/>, relative to its lane.</summary>
    public int Input(int layer) => _input[layer];

    /// <summary>δ of layer <paramref name="layer"/>, relative to its lane.</summary>
    public int Delta(int layer) => _delta[layer];

    /// <summary>f' at the input of layer <paramref name="layer"/>, beside the tape.</summary>
    public int FirstDerivative(int layer) => _first[layer];

    /// <summary>f'' at the input of layer <paramref name="layer"/>, beside the tape.</summary>
    public int SecondDerivative(int layer) => _second[layer];

    /// <summary>The tangent before the activation, beside the tape.</summary>
    public int PreTangent(int layer, int tangent, int depth) =>
        _second[layer] + ((1 + tangent) * depth * Tile.Width);

    /// <summary>Elements of a layer's δ on the tape.</summary>
    public static int DeltaLength(in DenseLayer layer) =>
        (layer.IsNarrow ? RoundUp(layer.Rows) : layer.Rows) * Tile.Width;

    /// <summary><paramref name="width"/>, rounded up to whole panels.</summary>
    public static int RoundUp(int width) => (width + Tile.Width - 1) / Tile.Width * Tile.Width;
}
