using System.Runtime.InteropServices;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Kernels;
using ScoreGpu.Kernels.Cpu;

namespace ScoreGpu.Engine.Devices.Cpu;

/// <summary>One run of a step program: every tile goes through all rows while it is in the cache.</summary>
internal sealed unsafe class CpuSampling
{
    private const int RowsBetweenLooks = 256;

    private readonly CpuNetwork _network;
    private readonly StepProgram _program;
    private readonly SampleRequest _request;
    private readonly StepCoefficients[] _steps;
    private readonly float[] _points;
    private readonly float[] _trajectories;
    private readonly int _frames;
    private readonly int _dimension;
    private readonly TileSplit _split;
    private int _tilesDone;

    /// <summary>Allocates the results.</summary>
    public CpuSampling(CpuNetwork network, StepProgram program, SampleRequest request)
    {
        _network = network;
        _program = program;
        _request = request;
        _dimension = network.Dimension;
        _split = new TileSplit(request.Count, network.Team.Threads);
        _steps = [.. program.Rows.Select(row => row.Update)];
        _frames = SampleResult.FramesFor(program.Rows.Count, request.RecordEvery);
        _points = new float[request.Count * _dimension];
        _trajectories = new float[(long)_frames * request.Count * _dimension];
    }

    /// <summary>Runs the program.</summary>
    /// <param name="drawing">Draws the trajectories, where they are to be drawn.</param>
    public SampleResult Run(CpuDrawing? drawing = null)
    {
        float[] conditions = [.. _program.Rows.Select(row => (float)row.Condition)];
        using var table = _network.TabulateBias(conditions);
        _network.Team.Run(
            (tile, worker) =>
            {
                if (!_request.Cancellation.IsCancellationRequested)
                {
                    RunTile(tile, worker, table.Address, drawing);
                    _request.Progress?.Report((double)Interlocked.Increment(ref _tilesDone) / _split.Tiles);
                }
            },
            _split.Tiles);
        _request.Cancellation.ThrowIfCancellationRequested();
        drawing?.Finish(_request.Count);
        return new SampleResult(_points, _trajectories, _frames);
    }

    private void RunTile(int tile, int worker, float* table, CpuDrawing? drawing)
    {
        var workspace = _network.WorkspaceOf(worker);
        int first = _split.First(tile);
        int samples = _split.Samples(tile);
        int count = _dimension * Tile.Width;
        uint firstSample = _request.FirstSample + (uint)first;
        float* x = workspace.Registers;
        new Span<float>(x, 4 * count).Clear();
        LoadStart(first, samples, firstSample, x);
        Record(x, first, samples, 0);
        drawing?.Record(worker, 0, x);
        int biasStride = _network.Chains.Tower.Length == 0 ? 0 : _network.Chains.Architecture.Hidden;
        for (int row = 0; row < _steps.Length; row++)
        {
            // A tile may have a million rows; the caller discards what is left undone.
            if (row % RowsBetweenLooks == 0 && _request.Cancellation.IsCancellationRequested)
            {
                return;
            }

            ref readonly var step = ref _steps[row];
            if (step.UsesNoise)
            {
                LoadNoise(row, first, samples, firstSample, workspace.Noise);
            }

            _network.Kernels.Forward(
                _network.Chains.Trunk,
                table + ((long)row * biasStride),
                x,
                workspace.Ping,
                workspace.Pong,
                workspace.Output,
                Tile.ColumnsFor(samples));
            _network.Kernels.ApplyStep(step, count, x, workspace.Output, workspace.Noise);
            drawing?.Record(worker, row + 1, x);
            if (_frames > 0 && ((row + 1) % _request.RecordEvery == 0 || row == _steps.Length - 1))
            {
                Record(x, first, samples, 1 + (row / _request.RecordEvery));
            }
        }

        Store(x, samples, ref _points[first * _dimension]);
        drawing?.Draw(worker, samples, _dimension, x);
    }

    private void LoadStart(int first, int samples, uint firstSample, float* x)
    {
        if (_request.Start is { } start)
        {
            Load(start, (long)first * _dimension, samples, x);
            return;
        }

        _network.Kernels.FillNormal(_request.Seed, firstSample, 0, PhiloxStreams.InitialState, _dimension, x);
        float scale = (float)_program.StartScale;
        for (int i = 0; i < _dimension * Tile.Width; i++)
        {
            x[i] *= scale;
        }
    }

    private void LoadNoise(int row, int first, int samples, uint firstSample, float* noise)
    {
        if (_request.Noise is { } given)
        {
            Load(given, (((long)row * _request.Count) + first) * _dimension, samples, noise);
        }
        else
        {
            _network.Kernels.FillNormal(
                _request.Seed, firstSample, (uint)row, PhiloxStreams.SamplerNoise, _dimension, noise);
        }
    }

    private void Load(float[] source, long offset, int samples, float* tile)
    {
        fixed (float* values = &source[offset])
        {
            TransposeKernel.ToFeatureMajor(values, samples, _dimension, _dimension, tile);
        }
    }

    private void Record(float* x, int first, int samples, int frame)
    {
        if (_frames > 0)
        {
            Store(x, samples, ref _trajectories[(((long)frame * _request.Count) + first) * _dimension]);
        }
    }

    private void Store(float* x, int samples, ref float target)
    {
        var rows = MemoryMarshal.CreateSpan(ref target, samples * _dimension);
        for (int n = 0; n < samples; n++)
        {
            for (int d = 0; d < _dimension; d++)
            {
                rows[(n * _dimension) + d] = x[(d * Tile.Width) + n];
            }
        }
    }
}
