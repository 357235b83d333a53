using ScoreGpu.Engine.Distributions;
using ScoreGpu.Kernels.Cpu;

namespace ScoreGpu.Engine.Devices.Cpu;

/// <summary>A mixture on the CPU device: a tile of points is one worker's.</summary>
internal sealed unsafe class CpuMixture : IDeviceMixture
{
    private readonly ThreadTeam _team;
    private readonly TileKernels _kernels;
    private readonly NativeBuffer _numbers;
    private readonly NativeBuffer[] _workspaces;
    private readonly MixtureTable _table;
    private readonly Action<int, int> _mapTile;
    private Batch _batch;

    /// <summary>Copies the mixture's numbers and allocates every worker's tiles.</summary>
    public CpuMixture(GaussianMixture mixture, ThreadTeam team, TileKernels kernels)
    {
        _team = team;
        _kernels = kernels;
        var tables = new MixtureTables(mixture);
        _numbers = new NativeBuffer(tables.Means.Length + tables.Whitenings.Length + tables.LogScales.Length);
        float* next = _numbers.Address;
        _table = new MixtureTable(
            tables.Dimension, tables.Components, Take(tables.Means), Take(tables.Whitenings), Take(tables.LogScales));

        // Points, scores, scratch and the log-densities.
        _workspaces = new NativeBuffer[team.Threads];
        for (int i = 0; i < _workspaces.Length; i++)
        {
            _workspaces[i] = new NativeBuffer((1L + (3L * Dimension)) * Tile.Width);
        }

        // Kept, so that a batch allocates no delegate.
        _mapTile = (tile, worker) => MapTile(tile, _workspaces[worker].Address);

        nint Take(float[] values)
        {
            float* taken = next;
            values.CopyTo(new Span<float>(taken, values.Length));
            next += values.Length;
            return (nint)taken;
        }
    }

    /// <inheritdoc/>
    public int Dimension => _table.Dimension;

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<float> points, Span<float> logDensities, Span<float> scores)
    {
        int count = BatchChecks.CountPoints("points", points.Length, Dimension);
        BatchChecks.RequireLength("logDensities", logDensities.Length, count);
        BatchChecks.RequireLength("scores", scores.Length, points.Length);
        fixed (float* x = points, logDensity = logDensities, score = scores)
        {
            _batch = new Batch(count, (nint)x, (nint)logDensity, (nint)score);
            _team.Run(_mapTile, Tile.CountFor(count));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _numbers.Dispose();
        foreach (var workspace in _workspaces)
        {
            workspace.Dispose();
        }
    }

    private void MapTile(int tile, float* workspace)
    {
        ref readonly Batch batch = ref _batch;
        int first = tile * Tile.Width;
        int samples = Math.Min(Tile.Width, batch.Count - first);
        int size = Dimension * Tile.Width;
        float* x = workspace;
        float* score = x + size;
        float* scratch = score + size;
        float* logDensity = scratch + size;
        TransposeKernel.ToFeatureMajor((float*)batch.Points + ((long)first * Dimension), samples, Dimension, Dimension, x);
        _kernels.EvaluateMixture(_table, x, scratch, logDensity, score);
        new ReadOnlySpan<float>(logDensity, samples).CopyTo(new Span<float>((float*)batch.LogDensities + first, samples));
        float* target = (float*)batch.Scores + ((long)first * Dimension);
        for (int n = 0; n < samples; n++)
        {
            for (int d = 0; d < Dimension; d++)
            {
                target[(n * Dimension) + d] = score[(d * Tile.Width) + n];
            }
        }
    }

    private readonly record struct Batch(int Count, nint Points, nint LogDensities, nint Scores);
}
