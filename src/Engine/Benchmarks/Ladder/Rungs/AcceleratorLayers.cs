using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Kernel;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Kernels.Dialect;

namespace ScoreGpu.Engine.Benchmarks.Ladder.Rungs;

/// <summary>A network's layers on an accelerator, to be launched one by one: weights without gaps, and room for what lies
/// between two layers.</summary>
internal sealed class AcceleratorLayers : IDisposable
{
    private readonly DeviceArray<float> _firstWeights;
    private readonly DeviceArray<float> _one;
    private readonly DeviceArray<float> _other;

    /// <summary>Copies the weights.</summary>
    public AcceleratorLayers(IDevice device, LadderSubject subject, int count)
    {
        Machine = ((KernelDevice)device).Machine;
        Network = new KernelNetwork(Machine, subject.Network);
        IReadOnlyList<LayerLayout> trunk = Network.Layout.Trunk;
        _firstWeights = Machine.Copy<float>(WithoutGaps(subject.Network, trunk[0]));
        _one = Machine.Allocate<float>(subject.Width * count);
        _other = Machine.Allocate<float>(subject.Width * count);
        Layers =
        [
            .. trunk.Select((layer, l) => new AcceleratorLayer(
                l == 0 ? _firstWeights.View : Network.Weights.SubView(layer.Weights, layer.Rows * layer.Depth),
                Network.Weights.SubView(layer.Bias, layer.Rows),
                layer.Depth,
                layer.Rows)),
        ];
    }

    /// <summary>The device.</summary>
    public KernelMachine Machine { get; }

    /// <summary>The network as the engine holds it.</summary>
    public KernelNetwork Network { get; }

    /// <summary>From the points to the output.</summary>
    public IReadOnlyList<AcceleratorLayer> Layers { get; }

    /// <summary>What a layer gives to the next.</summary>
    public View<float> HiddenOf(int layer) => (layer % 2 == 0 ? _one : _other).View;

    /// <summary>Waits until all launches are done: the host gets a number when everything before it is there.</summary>
    public static void Await(DeviceArray<float> results)
    {
        Span<float> first = stackalloc float[1];
        results.Read(first);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Network.Dispose();
        _firstWeights.Dispose();
        _one.Dispose();
        _other.Dispose();
    }

    // The level's columns stand beside those of x in a row of W; the kernels of the ladder know no strides.
    private static float[] WithoutGaps(Network network, LayerLayout layer)
    {
        float[] weights = new float[layer.Rows * layer.Depth];
        for (int r = 0; r < layer.Rows; r++)
        {
            network.Values.AsSpan(layer.Weights + (r * layer.RowStride), layer.Depth)
                .CopyTo(weights.AsSpan(r * layer.Depth));
        }

        return weights;
    }
}

/// <summary>A layer of <see cref="AcceleratorLayers"/>.</summary>
/// <param name="Weights">W, [outputs, inputs].</param>
/// <param name="Bias">b, [outputs].</param>
/// <param name="Inputs">Inputs.</param>
/// <param name="Outputs">Outputs.</param>
internal readonly record struct AcceleratorLayer(View<float> Weights, View<float> Bias, int Inputs, int Outputs);
