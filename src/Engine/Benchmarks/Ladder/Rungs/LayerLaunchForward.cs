using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Kernel;
using ScoreGpu.Kernels.Dialect;
using ScoreGpu.Kernels.Gpu;

namespace ScoreGpu.Engine.Benchmarks.Ladder.Rungs;

/// <summary>A launch a layer on an accelerator; points and results stay in its memory.</summary>
internal sealed class LayerLaunchForward : ILadderProgram
{
    private readonly AcceleratorLayers _layers;
    private readonly LayerKernel _kernel;
    private readonly View<float> _firstBias;
    private readonly DeviceArray<float> _points;
    private readonly DeviceArray<float> _results;
    private readonly int _count;

    /// <summary>Puts a batch on a device.</summary>
    public LayerLaunchForward(IDevice device, LadderSubject subject, int count, LayerKernel kernel)
    {
        (_kernel, _count) = (kernel, count);
        _layers = new AcceleratorLayers(device, subject, count);
        _firstBias = _layers.Network.Biases.Of([subject.Level]);
        float[] points = subject.Points(count);
        _points = _layers.Machine.Copy<float>(IsFeatureMajor ? Transposed(points, BenchmarkNetwork.Dimension) : points);
        _results = _layers.Machine.Zeros(points.Length);
    }

    // The register tile is the dense kernel of the engine, which takes sample after sample.
    private bool IsFeatureMajor => _kernel != LayerKernel.RegisterTile;

    /// <inheritdoc/>
    public void Run()
    {
        View<float> input = _points.View;
        for (int l = 0; l < _layers.Layers.Count; l++)
        {
            AcceleratorLayer layer = _layers.Layers[l];
            bool isLast = l == _layers.Layers.Count - 1;
            View<float> output = isLast ? _results.View : _layers.HiddenOf(l);
            Launch(layer with { Bias = l == 0 ? _firstBias : layer.Bias }, input, output, l == 0, isLast);
            input = output;
        }

        AcceleratorLayers.Await(_results);
    }

    /// <inheritdoc/>
    public void Read(Span<float> results)
    {
        float[] read = new float[results.Length];
        _results.Read(read);
        (IsFeatureMajor ? Transposed(read, _count) : read).CopyTo(results);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _layers.Dispose();
        _points.Dispose();
        _results.Dispose();
    }

    private void Launch(AcceleratorLayer layer, View<float> x, View<float> y, bool isFirst, bool isLast)
    {
        (View<float> weights, View<float> bias, int inputs, int outputs) = layer;
        switch (_kernel)
        {
            case LayerKernel.WorkItem:
                WorkItemLayer.Launch(
                    _layers.Machine,
                    isLast ? WorkItemLayer.Of<Identity>() : WorkItemLayer.Of<Silu>(),
                    LaunchShape.Covering(_count, WorkItemLayerKernel.GroupSize),
                    weights, bias, x, y, _count, inputs, outputs);
                break;
            case LayerKernel.LocalTile:
                LocalTileLayer.Launch(
                    _layers.Machine,
                    isLast ? LocalTileLayer.Of<Identity>() : LocalTileLayer.Of<Silu>(),
                    new LaunchShape(
                        LocalTileLayerKernel.Groups(_count, outputs),
                        LocalTileLayerKernel.Side * LocalTileLayerKernel.Side),
                    weights, bias, x, y, _count, inputs, outputs);
                break;
            default:
                DenseForward.Launch(
                    _layers.Machine,
                    isFirst ? DenseForward.Of<Identity>() : DenseForward.Of<Silu>(),
                    new LaunchShape(DenseKernel.Groups(_count, outputs), DenseKernel.GroupSize),
                    x, weights, bias, y, _count, inputs, outputs);
                break;
        }
    }

    private static float[] Transposed(float[] values, int columns)
    {
        float[] transposed = new float[values.Length];
        int rows = values.Length / columns;
        for (int i = 0; i < values.Length; i++)
        {
            transposed[(i % columns * rows) + (i / columns)] = values[i];
        }

        return transposed;
    }
}

/// <summary>How <see cref="LayerLaunchForward"/> computes a layer.</summary>
internal enum LayerKernel
{
    /// <summary><see cref="WorkItemLayerKernel"/>.</summary>
    WorkItem,

    /// <summary><see cref="LocalTileLayerKernel"/>.</summary>
    LocalTile,

    /// <summary><see cref="DenseKernel"/>.</summary>
    RegisterTile,
}
