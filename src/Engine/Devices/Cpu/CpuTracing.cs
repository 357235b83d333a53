using ScoreGpu.Engine.Likelihoods;
using ScoreGpu.Kernels;
using ScoreGpu.Kernels.Cpu;

namespace ScoreGpu.Engine.Devices.Cpu;

/// <summary>One run of a likelihood program: every tile goes through all rows, its tangents beside it.</summary>
/// <remarks>
/// A row linearises the network once and takes a tangent pass an axis or a probe. The sums over the rows are in double:
/// there may be thousands of rows, and their weights differ by orders of magnitude.
/// </remarks>
internal sealed unsafe class CpuTracing : IDisposable
{
    private const int RowsBetweenLooks = 16;

    private readonly CpuNetwork _network;
    private readonly LikelihoodProgram _program;
    private readonly TraceRequest _request;
    private readonly StepCoefficients[] _steps;
    private readonly NativeBuffer[] _probes;
    private readonly double[][] _sums;
    private readonly float[] _points;
    private readonly double[] _traces;
    private readonly int _values;
    private readonly int _count;
    private readonly int _dimension;
    private readonly TileSplit _split;
    private int _tilesDone;

    /// <summary>Allocates the results, and each worker's probes.</summary>
    public CpuTracing(CpuNetwork network, LikelihoodProgram program, TraceRequest request)
    {
        _network = network;
        _program = program;
        _request = request;
        _dimension = network.Dimension;
        _count = request.Points.Length / _dimension;
        _split = new TileSplit(_count, network.Team.Threads);
        _values = request.Estimator.Values;
        _steps = [.. program.Steps.Rows.Select(row => row.Update)];
        _points = new float[request.Points.Length];
        _traces = new double[(long)_count * _values];
        _sums = new double[network.Team.Threads][];
        _probes = new NativeBuffer[network.Team.Threads];
        long tile = (long)_dimension * Tile.Width;
        for (int worker = 0; worker < _probes.Length; worker++)
        {
            _sums[worker] = new double[_values * Tile.Width];
            _probes[worker] = new NativeBuffer(Math.Max(1, request.Estimator.Probes * tile));
        }
    }

    /// <summary>Runs the program.</summary>
    public TraceResult Run()
    {
        float[] conditions = [.. _program.Steps.Rows.Select(row => (float)row.Condition)];
        using var table = _network.TabulateBias(conditions);
        _network.Team.Run(
            (tile, worker) =>
            {
                if (!_request.Cancellation.IsCancellationRequested)
                {
                    RunTile(tile, worker, table.Address);
                    _request.Progress?.Report((double)Interlocked.Increment(ref _tilesDone) / _split.Tiles);
                }
            },
            _split.Tiles);
        _request.Cancellation.ThrowIfCancellationRequested();
        return new TraceResult(_points, _traces);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var probes in _probes)
        {
            probes.Dispose();
        }
    }

    private void RunTile(int tile, int worker, float* table)
    {
        var workspace = _network.WorkspaceOf(worker);
        int first = _split.First(tile);
        int samples = _split.Samples(tile);
        int size = _dimension * Tile.Width;
        float* x = workspace.Registers;
        new Span<float>(x, 4 * size).Clear();
        fixed (float* points = &_request.Points[first * _dimension])
        {
            TransposeKernel.ToFeatureMajor(points, samples, _dimension, _dimension, x);
        }

        DrawProbes(first, samples, _probes[worker]);
        double[] sums = _sums[worker];
        Array.Clear(sums);
        int biasStride = _network.Chains.Tower.Length == 0 ? 0 : _network.Chains.Architecture.Hidden;
        for (int row = 0; row < _steps.Length; row++)
        {
            if (row % RowsBetweenLooks == 0 && _request.Cancellation.IsCancellationRequested)
            {
                return;
            }

            _network.Kernels.Linearise(
                _network.Chains.Trunk,
                table + ((long)row * biasStride),
                x,
                workspace.Ping,
                workspace.Pong,
                workspace.Output,
                workspace.TrunkDerivatives,
                Tile.ColumnsFor(samples));
            AddTraces(workspace, _probes[worker].Address, _program.TraceWeights[row], samples, sums);
            _network.Kernels.ApplyStep(_steps[row], size, x, workspace.Output, workspace.Noise);
        }

        for (int n = 0; n < samples; n++)
        {
            for (int d = 0; d < _dimension; d++)
            {
                _points[((first + n) * _dimension) + d] = x[(d * Tile.Width) + n];
            }

            for (int k = 0; k < _values; k++)
            {
                _traces[((long)(first + n) * _values) + k] = sums[(k * Tile.Width) + n];
            }
        }
    }

    private void DrawProbes(int first, int samples, NativeBuffer probes)
    {
        if (_request.Estimator.IsExact)
        {
            return;
        }

        probes.Span.Clear();
        Span<float> all = probes.Span;
        double[] vector = new double[_dimension];
        for (int k = 0; k < _values; k++)
        {
            for (int n = 0; n < samples; n++)
            {
                _request.Estimator.Fill(_request.Seed, _request.FirstSample + (uint)(first + n), k, vector);
                for (int d = 0; d < _dimension; d++)
                {
                    all[(((k * _dimension) + d) * Tile.Width) + n] = (float)vector[d];
                }
            }
        }
    }

    private void AddTraces(Workspace workspace, float* probes, double weight, int samples, double[] sums)
    {
        // No row of such a program draws noise, whose tile takes the products here.
        float* product = workspace.Noise;
        int size = _dimension * Tile.Width;
        int vectors = _request.Estimator.IsExact ? _dimension : _values;
        for (int j = 0; j < vectors; j++)
        {
            float* vector = workspace.Vector;
            if (_request.Estimator.IsExact)
            {
                new Span<float>(vector, size).Clear();
                new Span<float>(vector + (j * Tile.Width), Tile.Width).Fill(1f);
            }
            else
            {
                vector = probes + ((long)j * size);
            }

            _network.Kernels.Tangent(
                _network.Chains.Trunk,
                vector,
                workspace.Ping,
                workspace.Pong,
                product,
                workspace.TrunkDerivatives,
                Tile.ColumnsFor(samples));
            int from = _request.Estimator.IsExact ? j : 0;
            int to = _request.Estimator.IsExact ? j + 1 : _dimension;
            int value = _request.Estimator.IsExact ? 0 : j * Tile.Width;
            for (int n = 0; n < samples; n++)
            {
                double sum = 0.0;
                for (int d = from; d < to; d++)
                {
                    sum += (double)vector[(d * Tile.Width) + n] * product[(d * Tile.Width) + n];
                }

                sums[value + n] += weight * sum;
            }
        }
    }
}
