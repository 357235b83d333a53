using ScoreGpu.Engine.Networks;
using ScoreGpu.Kernels.Dialect;
using ScoreGpu.Kernels.Gpu;

namespace ScoreGpu.Engine.Devices.Kernel;

/// <summary>A chain of layers as the kernels read it: <see cref="LayerTable"/> in device memory.</summary>
internal sealed class ChainTable : IDisposable
{
    private readonly DeviceArray<int> _numbers;

    /// <summary>Copies a chain to the device.</summary>
    /// <param name="machine">The device.</param>
    /// <param name="layers">The chain.</param>
    /// <param name="ownsFirstBias">Whether the gradient of the first layer's bias is this chain's to write.</param>
    public ChainTable(KernelMachine machine, IReadOnlyList<LayerLayout> layers, bool ownsFirstBias)
    {
        Layers = layers;
        int[] numbers = new int[layers.Count * LayerTable.Fields];
        for (int l = 0; l < layers.Count; l++)
        {
            LayerLayout layer = layers[l];
            var row = numbers.AsSpan(l * LayerTable.Fields, LayerTable.Fields);
            row[LayerTable.Weights] = layer.Weights;
            row[LayerTable.RowStride] = layer.RowStride;
            row[LayerTable.Rows] = layer.Rows;
            row[LayerTable.Depth] = layer.Depth;
            row[LayerTable.Bias] = layer.Bias;
            row[LayerTable.Activate] = (int)layer.Activation;
            row[LayerTable.InputRow] = InputRows;
            row[LayerTable.DeltaRow] = DeltaRows;
            row[LayerTable.OwnsBias] = l > 0 || ownsFirstBias ? 1 : 0;
            InputRows = checked(InputRows + layer.Depth);
            DeltaRows = checked(DeltaRows + layer.Rows);
        }

        _numbers = machine.Copy<int>(numbers);
    }

    /// <summary>The layers.</summary>
    public IReadOnlyList<LayerLayout> Layers { get; }

    /// <summary>The table.</summary>
    public View<int> View => _numbers.View;

    /// <summary>Layers.</summary>
    public int Count => Layers.Count;

    /// <summary>Features of the input.</summary>
    public int Inputs => Layers[0].Depth;

    /// <summary>Features of the output.</summary>
    public int Outputs => Layers[^1].Rows;

    /// <summary>Features of the first layer's output.</summary>
    public int FirstRows => Layers[0].Rows;

    /// <summary>Inputs of all layers: rows of the tape.</summary>
    public int InputRows { get; }

    /// <summary>Outputs of all layers: rows of all δ.</summary>
    public int DeltaRows { get; }

    /// <summary>Features of the widest tile between two layers.</summary>
    public int Width => Layers.Take(Count - 1).Max(layer => layer.Rows);

    /// <inheritdoc/>
    public void Dispose() => _numbers.Dispose();
}
