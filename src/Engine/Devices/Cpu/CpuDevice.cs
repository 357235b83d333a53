using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Training;
using ScoreGpu.Kernels.Cpu;

namespace ScoreGpu.Engine.Devices.Cpu;

/// <summary>The embedded device: SIMD tiles on all cores, .NET alone.</summary>
public sealed class CpuDevice : IDevice
{
    private readonly ThreadTeam _team;
    private readonly TileKernels _kernels;

    /// <summary>Starts the device with the widest vectors that the processor has.</summary>
    /// <param name="threads">Threads; 0 takes one a core.</param>
    public CpuDevice(int threads = 0)
        : this(TileKernels.Supported[0], threads)
    {
    }

    /// <summary>Starts the device with given kernels.</summary>
    /// <param name="kernels">One of <see cref="TileKernels.Supported"/>.</param>
    /// <param name="threads">Threads; 0 takes one a core.</param>
    public CpuDevice(TileKernels kernels, int threads = 0)
    {
        if (threads is < 0 or > 1024)
        {
            throw InputException.For("threads", threads, "0 (one a core) to 1024");
        }

        _kernels = kernels;
        _team = new ThreadTeam(threads == 0 ? Environment.ProcessorCount : threads);
    }

    /// <inheritdoc/>
    public string Name => "cpu";

    /// <inheritdoc/>
    public string Description => $"{_team.Threads} threads, {_kernels.VectorBits}-bit vectors";

    /// <inheritdoc/>
    public string Arithmetic => $"{Name}, {_kernels.VectorBits}-bit vectors";

    /// <summary>The threads.</summary>
    internal ThreadTeam Team => _team;

    /// <summary>The kernels.</summary>
    internal TileKernels Kernels => _kernels;

    /// <inheritdoc/>
    public IDeviceNetwork Load(Network network) => new CpuNetwork(network, _team, _kernels);

    /// <inheritdoc/>
    public IDeviceMixture Load(GaussianMixture mixture) => new CpuMixture(mixture, _team, _kernels);

    /// <inheritdoc/>
    public ITrainer Train(Network network, Objective objective, TrainingData data, TrainingOptions options) =>
        new CpuTrainer(network, objective, data, options, _team, _kernels);

    /// <inheritdoc/>
    public void Dispose() => _team.Dispose();
}
