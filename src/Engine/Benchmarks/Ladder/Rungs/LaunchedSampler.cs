using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Kernel;
using ScoreGpu.Kernels;
using ScoreGpu.Kernels.Dialect;
using ScoreGpu.Kernels.Gpu;

namespace ScoreGpu.Engine.Benchmarks.Ladder.Rungs;

/// <summary>The sampler as many launches: the host walks through the program and launches what a step needs.</summary>
/// <remarks>
/// Either the network is a launch a layer, with the activations of the whole crowd in global memory between two, or one
/// launch for all layers. The update is a launch of its own, and states go to global memory and back.
/// </remarks>
internal sealed class LaunchedSampler : ILadderProgram
{
    private readonly AcceleratorLayers _layers;
    private readonly StepCoefficients[] _steps;
    private readonly View<float> _table;
    private readonly DeviceArray<float> _start;
    private readonly DeviceArray<float> _states;
    private readonly DeviceArray<float> _outputs;
    private readonly TilePlan _plan;
    private readonly bool _isLayerwise;
    private readonly int _width;
    private readonly int _count;

    /// <summary>Puts a batch on a device.</summary>
    /// <param name="device">The device.</param>
    /// <param name="subject">What is computed.</param>
    /// <param name="count">N.</param>
    /// <param name="isLayerwise">Whether each layer is a launch; else the network is one.</param>
    public LaunchedSampler(IDevice device, LadderSubject subject, int count, bool isLayerwise)
    {
        (_isLayerwise, _count, _width) = (isLayerwise, count, subject.Width);
        _layers = new AcceleratorLayers(device, subject, count);
        _steps = [.. subject.Program.Rows.Select(row => row.Update)];
        _table = _layers.Network.Biases.Of([.. subject.Program.Rows.Select(row => (float)row.Condition)]);
        float[] points = subject.Points(count);
        _start = _layers.Machine.Copy<float>(points);
        _states = _layers.Machine.Zeros(points.Length);
        _outputs = _layers.Machine.Zeros(points.Length);
        const int Dimension = BenchmarkNetwork.Dimension;
        _plan = TilePlan.Choose(
            _layers.Machine, _layers.Network.Trunk, count, 0, EvaluateKernel.ExtraPerColumn(Dimension, Dimension));
    }

    /// <inheritdoc/>
    public void Run()
    {
        MemoryCopy.Launch(
            _layers.Machine, LaunchShape.Covering(_states.Length, MemoryCopyKernel.GroupSize), _start.View, _states.View);
        for (int row = 0; row < _steps.Length; row++)
        {
            View<float> bias = _table.SubView(row * _width, _width);
            if (_isLayerwise)
            {
                LaunchLayers(bias);
            }
            else
            {
                EvaluateValues.Launch(
                    _layers.Machine, _plan.For(_count), _layers.Network.Weights, _layers.Network.Trunk.View,
                    _layers.Network.Trunk.Count, bias, _layers.Network.Biases.Zero, 0, _states.View, _outputs.View,
                    _count, BenchmarkNetwork.Dimension, BenchmarkNetwork.Dimension, _plan.Tiling);
            }

            LaunchUpdate(_steps[row]);
        }

        AcceleratorLayers.Await(_states);
    }

    /// <inheritdoc/>
    public void Read(Span<float> results) => _states.Read(results);

    /// <inheritdoc/>
    public void Dispose()
    {
        _layers.Dispose();
        _start.Dispose();
        _states.Dispose();
        _outputs.Dispose();
    }

    private void LaunchLayers(View<float> firstBias)
    {
        View<float> input = _states.View;
        for (int l = 0; l < _layers.Layers.Count; l++)
        {
            (View<float> weights, View<float> bias, int inputs, int outputs) = _layers.Layers[l];
            View<float> output = l == _layers.Layers.Count - 1 ? _outputs.View : _layers.HiddenOf(l);
            DenseForward.Launch(
                _layers.Machine,
                l == 0 ? DenseForward.Of<Identity>() : DenseForward.Of<Silu>(),
                new LaunchShape(DenseKernel.Groups(_count, outputs), DenseKernel.GroupSize),
                input, weights, l == 0 ? firstBias : bias, output, _count, inputs, outputs);
            input = output;
        }
    }

    private void LaunchUpdate(in StepCoefficients step) => SamplerStep.Launch(
        _layers.Machine,
        LaunchShape.Covering(_states.Length, SamplerStepKernel.GroupSize),
        _states.View,
        _outputs.View,
        step.DenoisedX,
        step.DenoisedOutput,
        step.DenoisedBound,
        step.X.X,
        step.X.Output,
        step.X.Denoised,
        _states.Length);
}
