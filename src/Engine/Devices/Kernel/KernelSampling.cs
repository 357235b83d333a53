using ScoreGpu.Engine.Drawing;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Kernels;
using ScoreGpu.Kernels.Dialect;
using ScoreGpu.Kernels.Gpu;

namespace ScoreGpu.Engine.Devices.Kernel;

/// <summary>One run of a step program: the trajectories go in parts, each the whole program in one launch.</summary>
/// <remarks>
/// A part's trajectories and its given noise must fit into an array. Where trajectories are drawn, a part's are recorded on
/// the device, drawn there by a second launch, and overwritten by the next part's.
/// </remarks>
internal sealed class KernelSampling : IDisposable
{
    private const long PartFloats = 1 << 26;

    private readonly KernelNetwork _network;
    private readonly StepProgram _program;
    private readonly SampleRequest _request;
    private readonly TilePlan _plan;
    private readonly GrowingArray<float> _start;
    private readonly GrowingArray<float> _noise;
    private readonly GrowingArray<float> _points;
    private readonly GrowingArray<float> _trajectories;
    private readonly KernelDrawing? _drawing;
    private readonly float[] _results;
    private readonly float[] _states;
    private readonly int _recordEvery;
    private readonly int _frames;
    private readonly int _rows;
    private readonly int _dimension;

    /// <summary>Allocates the results.</summary>
    /// <param name="network">The network.</param>
    /// <param name="program">The rows.</param>
    /// <param name="request">What to sample.</param>
    /// <param name="canvas">Where to draw the trajectories; null draws none.</param>
    public KernelSampling(
        KernelNetwork network, StepProgram program, SampleRequest request, TrajectoryCanvas? canvas = null)
    {
        _network = network;
        _program = program;
        _request = request;
        _dimension = network.Dimension;
        _rows = program.Rows.Count;
        _plan = TilePlan.Choose(
            network.Machine, network.Trunk, request.Count, 0, SampleKernel.ExtraPerColumn(_dimension));
        _results = new float[request.Count * _dimension];
        _states = new float[
            (long)SampleResult.FramesFor(_rows, request.RecordEvery) * request.Count * _dimension];
        _recordEvery = request.RecordEvery;
        if (canvas is not null)
        {
            _recordEvery = 1;
            _drawing = new KernelDrawing(network.Machine, canvas, _rows, _dimension);
        }

        _frames = SampleResult.FramesFor(_rows, _recordEvery);
        _start = new GrowingArray<float>(network.Machine);
        _noise = new GrowingArray<float>(network.Machine);
        _points = new GrowingArray<float>(network.Machine);
        _trajectories = new GrowingArray<float>(network.Machine);
    }

    /// <summary>Runs the program.</summary>
    public SampleResult Run()
    {
        float[] conditions = [.. _program.Rows.Select(row => (float)row.Condition)];
        View<float> table = _network.Biases.Of(conditions);
        using DeviceArray<float> steps = _network.Machine.Copy<float>(Coefficients(_program));
        long frames = Math.Max(1, Math.Max(_frames, _request.Noise is null ? 0 : _rows));
        KernelParts.Run(
            _network.Machine,
            _plan,
            _request.Count,
            PartFloats / (frames * _dimension),
            _request.Progress,
            (first, count) => RunPart(table, steps.View, first, count),
            _request.Cancellation);
        _drawing?.Finish();
        return new SampleResult(_results, _states, _drawing is null ? _frames : 0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _start.Dispose();
        _noise.Dispose();
        _points.Dispose();
        _trajectories.Dispose();
        _drawing?.Dispose();
    }

    /// <summary>A program's rows as <see cref="SampleKernel"/> reads them, [rows, fields].</summary>
    internal static float[] Coefficients(StepProgram program)
    {
        float[] table = new float[program.Rows.Count * SampleKernel.RowFields];
        for (int row = 0; row < program.Rows.Count; row++)
        {
            StepCoefficients step = program.Rows[row].Update;
            var fields = table.AsSpan(row * SampleKernel.RowFields, SampleKernel.RowFields);
            fields[0] = step.DenoisedX;
            fields[1] = step.DenoisedOutput;
            fields[2] = step.DenoisedBound;
            int next = 3;
            foreach (var update in new[] { step.X, step.Anchor, step.Accumulator, step.Previous })
            {
                fields[next++] = update.X;
                fields[next++] = update.Anchor;
                fields[next++] = update.Accumulator;
                fields[next++] = update.Previous;
                fields[next++] = update.Output;
                fields[next++] = update.Denoised;
                fields[next++] = update.Noise;
            }

            fields[next] = step.UsesNoise ? 1f : 0f;
        }

        return table;
    }

    private void RunPart(View<float> table, View<float> steps, int first, int count)
    {
        int size = count * _dimension;
        DeviceArray<float> points = _points.Of(size);
        DeviceArray<float> trajectories = _trajectories.Of(_frames * size);
        View<float> start = _request.Start is { } given
            ? _start.Write(given.AsSpan(first * _dimension, size))
            : _start.Of(1).View;
        SampleKernelRun(table, steps, start, Noise(first, count), points.View, trajectories.View, first, count);
        points.Read(_results.AsSpan(first * _dimension, size));
        if (_drawing is not null)
        {
            _drawing.Add(trajectories.View, count);
            return;
        }

        for (int frame = 0; frame < _frames; frame++)
        {
            int target = ((frame * _request.Count) + first) * _dimension;
            trajectories.Read(_states.AsSpan(target, size), frame * size);
        }
    }

    private View<float> Noise(int first, int count)
    {
        if (_request.Noise is not { } given)
        {
            return _noise.Of(1).View;
        }

        int size = count * _dimension;
        DeviceArray<float> noise = _noise.Of(_rows * size);
        for (int row = 0; row < _rows; row++)
        {
            noise.Write(given.AsSpan(((row * _request.Count) + first) * _dimension, size), row * size);
        }

        return noise.View;
    }

    private void SampleKernelRun(
        View<float> table,
        View<float> steps,
        View<float> start,
        View<float> noise,
        View<float> points,
        View<float> trajectories,
        int first,
        int count) =>
        ScoreGpu.Kernels.Gpu.Sample.Launch(
            _network.Machine,
            _plan.For(count),
            _network.Weights,
            _network.Trunk.View,
            _network.Trunk.Count,
            table,
            _network.TableStep,
            steps,
            _rows,
            start,
            _request.Start is null ? 0 : 1,
            (float)_program.StartScale,
            noise,
            _request.Noise is null ? 0 : 1,
            points,
            trajectories,
            _recordEvery,
            _request.Seed,
            _request.FirstSample + (uint)first,
            count,
            _dimension,
            _plan.Tiling);
}
