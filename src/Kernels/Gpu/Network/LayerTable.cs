namespace ScoreGpu.Kernels.Gpu;

/// <summary>A chain of dense layers as numbers: row l of the table, [layers, <see cref="Fields"/>], is layer l.</summary>
/// <remarks>Layer l is z = W·a + b with a its input or an activation of it; offsets are into one block of weights.</remarks>
public static class LayerTable
{
    /// <summary>The symbol of costs for the size of all products.</summary>
    public const string Products = "products: weights of the chain, the sum of rows * depth over its layers; ";

    /// <summary>The symbol of costs for the first product, which a backward pass to the weights alone leaves out.</summary>
    public const string FirstProduct = "firstProduct: rows * depth of the chain's first layer; ";

    /// <summary>The symbols of costs for the rows of the tape.</summary>
    public const string TapeRows =
        "inputRows: inputs of all layers of the chain; deltaRows: outputs of all layers of the chain; ";

    /// <summary>Numbers a layer.</summary>
    public const int Fields = 9;

    /// <summary>Where W[0, 0] is.</summary>
    public const int Weights = 0;

    /// <summary>From a row of W to the next.</summary>
    public const int RowStride = 1;

    /// <summary>Outputs.</summary>
    public const int Rows = 2;

    /// <summary>Inputs.</summary>
    public const int Depth = 3;

    /// <summary>Where b[0] is.</summary>
    public const int Bias = 4;

    /// <summary>What is applied to the input first, an <see cref="Activation"/>.</summary>
    public const int Activate = 5;

    /// <summary>The tape's row of the layer's first input.</summary>
    public const int InputRow = 6;

    /// <summary>The tape's row of the layer's first δ.</summary>
    public const int DeltaRow = 7;

    /// <summary>1 where the gradient of b is this layer's to write.</summary>
    public const int OwnsBias = 8;
}
