using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Kernels.Cpu;

namespace ScoreGpu.Engine.Benchmarks.Ladder.Rungs;

/// <summary>A batch on the CPU: the network as the engine holds it, the points, the results, and scratch a thread.</summary>
internal sealed unsafe class CpuCrowd : IDisposable
{
    private readonly CpuNetwork _network;
    private readonly NativeBuffer _points;
    private readonly NativeBuffer _results;

    /// <summary>Puts a batch on a device.</summary>
    public CpuCrowd(CpuDevice device, LadderSubject subject, int count)
    {
        Subject = subject;
        Count = count;
        _network = new CpuNetwork(subject.Network, device.Team, device.Kernels);
        _points = new NativeBuffer((long)count * BenchmarkNetwork.Dimension);
        _results = new NativeBuffer((long)count * BenchmarkNetwork.Dimension);
        subject.Points(count).CopyTo(_points.Span);
    }

    /// <summary>What is computed.</summary>
    public LadderSubject Subject { get; }

    /// <summary>N.</summary>
    public int Count { get; }

    /// <summary>Tiles of 64 samples that hold the batch.</summary>
    public int Tiles => Tile.CountFor(Count);

    /// <summary>The points, [N, D].</summary>
    public float* Points => _points.Address;

    /// <summary>The results, [N, D].</summary>
    public float* Results => _results.Address;

    /// <summary>The engine's kernels.</summary>
    public TileKernels Kernels => _network.Kernels;

    /// <summary>The threads.</summary>
    public ThreadTeam Team => _network.Team;

    /// <summary>The network's layers.</summary>
    public CpuChains Chains => _network.Chains;

    /// <summary>Scratch of a thread.</summary>
    public Workspace WorkspaceOf(int worker) => _network.WorkspaceOf(worker);

    /// <summary>The first layer's bias for each of some levels, a row [H] each.</summary>
    public NativeBuffer TabulateBias(params float[] levels) => _network.TabulateBias(levels);

    /// <summary>The points of a tile, feature by feature; zeros beyond the batch.</summary>
    public void LoadTile(int tile, float* x)
    {
        int first = tile * Tile.Width;
        TransposeKernel.ToFeatureMajor(
            Points + (first * BenchmarkNetwork.Dimension),
            Math.Min(Tile.Width, Count - first),
            BenchmarkNetwork.Dimension,
            BenchmarkNetwork.Dimension,
            x);
    }

    /// <summary>The results of a tile.</summary>
    public void StoreTile(int tile, float* y)
    {
        int first = tile * Tile.Width;
        for (int n = 0; n < Math.Min(Tile.Width, Count - first); n++)
        {
            for (int d = 0; d < BenchmarkNetwork.Dimension; d++)
            {
                Results[((first + n) * BenchmarkNetwork.Dimension) + d] = y[(d * Tile.Width) + n];
            }
        }
    }

    /// <summary>The results, [N, D].</summary>
    public void Read(Span<float> results) => _results.Span.CopyTo(results);

    /// <inheritdoc/>
    public void Dispose()
    {
        _network.Dispose();
        _points.Dispose();
        _results.Dispose();
    }
}
