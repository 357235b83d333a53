namespace ScoreGpu.Kernels.Cpu;

/// <summary>What the forward pass of a tile leaves for the backward pass and the weight gradient, and where.</summary>
/// <remarks>
/// The gradient of a layer's weights, δ · aᵀ, sums over the samples. As a register block it wants one factor
/// feature-major (its scalars are broadcast along k, the sample) and the other sample-major (its vectors run along a
/// row). For each layer the tape therefore holds
/// <list type="bullet">
/// <item><description>a wide layer: the input a sample-major [64, depth ↑ 64], δ feature-major [rows, 64];</description></item>
/// <item><description>a narrow one: the input a feature-major [depth, 64], δ sample-major [64, rows ↑ 64].</description></item>
/// </list>
/// and, where the input is activated, the derivatives of the activation f [depth, 64], and with tangents the pre-activation
/// tangents.
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
            lane += layers[l].IsNarrow ? RoundUp(layers[l].Rows) * Tile.Width : layers[l].Rows * Tile.Width;
        }

        LaneStride = lane;
        int shared = 0;
        for (int l = 0; l < layers.Length; l++)
        {
            if (layers[l].ActivateInput)
            {
                int size = layers[l].Depth * Tile.Width;
                _first[l] = shared;
                _second[l] = shared + size;

                // With tangents: f'' and every pre-activation tangent too.
                shared += tangents == 0 ? size : (2 + tangents) * size;
            }
        }

        SharedOffset = (1 + tangents) * lane;
        TileStride = SharedOffset + shared;
    }

    /// <summary>Tangents carried with each sample.</summary>
    public int Tangents { get; }

    /// <summary>Elements of one lane: the primal pass, or one tangent.</summary>
    public int LaneStride { get; }

    /// <summary>Elements of a whole tile.</summary>
    public int TileStride { get; }

    private int SharedOffset { get; }

    /// <summary>The (activated) input of layer <paramref name="layer"/>, relative to its lane.</summary>
    public int Input(int layer) => _input[layer];

    /// <summary>δ of layer <paramref name="layer"/>, relative to its lane.</summary>
    public int Delta(int layer) => _delta[layer];

    /// <summary>f' at the input of layer <paramref name="layer"/>, relative to the tile.</summary>
    public int FirstDerivative(int layer) => SharedOffset + _first[layer];

    /// <summary>f'' at the input of layer <paramref name="layer"/>, relative to the tile.</summary>
    public int SecondDerivative(int layer) => SharedOffset + _second[layer];

    /// <summary>The tangent before the activation, relative to the tile.</summary>
    public int PreTangent(int layer, int tangent, int depth) =>
        SharedOffset + _second[layer] + ((1 + tangent) * depth * Tile.Width);

    /// <summary>The row stride of a sample-major matrix of <paramref name="width"/> columns.</summary>
    public static int RoundUp(int width) => (width + Tile.Width - 1) / Tile.Width * Tile.Width;
}
