using ScoreGpu.Engine.Likelihoods;
using ScoreGpu.Kernels.Dialect;
using ScoreGpu.Kernels.Gpu;

namespace ScoreGpu.Engine.Devices.Kernel;

/// <summary>One run of a likelihood program: the points go in parts, each the whole program in one launch.</summary>
/// <remarks>As <see cref="KernelSampling"/>; a part's probes are drawn on the host and must fit into an array.</remarks>
internal sealed class KernelTracing : IDisposable
{
    private const long PartFloats = 1 << 24;

    private readonly KernelNetwork _network;
    private readonly LikelihoodProgram _program;
    private readonly TraceRequest _request;
    private readonly TilePlan _plan;
    private readonly GrowingArray<float> _start;
    private readonly GrowingArray<float> _probes;
    private readonly GrowingArray<float> _points;
    private readonly GrowingArray<float> _traces;
    private readonly float[] _ends;
    private readonly double[] _sums;
    private readonly int _count;
    private readonly int _values;
    private readonly int _vectors;
    private readonly int _dimension;

    /// <summary>Allocates the results.</summary>
    public KernelTracing(KernelNetwork network, LikelihoodProgram program, TraceRequest request)
    {
        _network = network;
        _program = program;
        _request = request;
        _dimension = network.Dimension;
        _count = request.Points.Length / _dimension;
        _values = request.Estimator.Values;
        _vectors = request.Estimator.IsExact ? _dimension : _values;
        _plan = TilePlan.Choose(
            network.Machine, network.Trunk, _count, _vectors, SampleKernel.ExtraPerColumn(_dimension));
        _ends = new float[request.Points.Length];
        _sums = new double[(long)_count * _values];
        _start = new GrowingArray<float>(network.Machine);
        _probes = new GrowingArray<float>(network.Machine);
        _points = new GrowingArray<float>(network.Machine);
        _traces = new GrowingArray<float>(network.Machine);
    }

    /// <summary>Runs the program.</summary>
    public TraceResult Run()
    {
        float[] conditions = [.. _program.Steps.Rows.Select(row => (float)row.Condition)];
        View<float> table = _network.Biases.Of(conditions);
        using DeviceArray<float> steps = _network.Machine.Copy<float>(KernelSampling.Coefficients(_program.Steps));
        using DeviceArray<float> weights =
            _network.Machine.Copy<float>([.. _program.TraceWeights.Select(weight => (float)weight)]);
        KernelParts.Run(
            _network.Machine,
            _plan,
            _count,
            PartFloats / ((long)_vectors * _dimension),
            _request.Progress,
            (first, count) => RunPart(table, steps.View, weights.View, first, count),
            _request.Cancellation);
        return new TraceResult(_ends, _sums);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _start.Dispose();
        _probes.Dispose();
        _points.Dispose();
        _traces.Dispose();
    }

    private void RunPart(View<float> table, View<float> steps, View<float> weights, int first, int count)
    {
        int size = count * _dimension;
        DeviceArray<float> points = _points.Of(size);
        DeviceArray<float> traces = _traces.Of(count * _values);
        FlowTrace.Launch(
            _network.Machine,
            _plan.For(count),
            _network.Weights,
            _network.Trunk.View,
            _network.Trunk.Count,
            table,
            _network.TableStep,
            steps,
            weights,
            _program.Steps.Rows.Count,
            _start.Write(_request.Points.AsSpan(first * _dimension, size)),
            Probes(first, count),
            _request.Estimator.IsExact ? 0 : 1,
            _vectors,
            points.View,
            traces.View,
            count,
            _dimension,
            _plan.Tiling);
        points.Read(_ends.AsSpan(first * _dimension, size));
        float[] sums = new float[count * _values];
        traces.Read(sums);
        for (int i = 0; i < sums.Length; i++)
        {
            _sums[((long)first * _values) + i] = sums[i];
        }
    }

    private View<float> Probes(int first, int count)
    {
        if (_request.Estimator.IsExact)
        {
            return _probes.Of(1).View;
        }

        float[] probes = new float[count * _values * _dimension];
        double[] vector = new double[_dimension];
        for (int i = 0; i < count * _values; i++)
        {
            uint sample = _request.FirstSample + (uint)(first + (i / _values));
            _request.Estimator.Fill(_request.Seed, sample, i % _values, vector);
            for (int d = 0; d < _dimension; d++)
            {
                probes[(i * _dimension) + d] = (float)vector[d];
            }
        }

        return _probes.Write(probes);
    }
}
