using ScoreGpu.Kernels;
using ScoreGpu.Kernels.Cpu;

namespace ScoreGpu.Engine.Devices.Cpu;

/// <summary>Adam and its moments on the CPU device, a block of weights a piece.</summary>
internal sealed unsafe class CpuOptimiser : IDisposable
{
    private const int Block = 4096;

    private readonly ThreadTeam _team;
    private readonly TileKernels _kernels;
    private readonly NativeBuffer _weights;
    private readonly NativeBuffer _gradient;
    private readonly NativeBuffer _firstMoment;
    private readonly NativeBuffer _secondMoment;
    private readonly Action<int, int> _update;
    private AdamRates _rates;
    private float _scale;

    /// <summary>Allocates the moments.</summary>
    /// <param name="team">The threads.</param>
    /// <param name="kernels">The kernels.</param>
    /// <param name="weights">What is optimised; stays the caller's.</param>
    /// <param name="gradient">Its gradient; stays the caller's.</param>
    public CpuOptimiser(ThreadTeam team, TileKernels kernels, NativeBuffer weights, NativeBuffer gradient)
    {
        _team = team;
        _kernels = kernels;
        _weights = weights;
        _gradient = gradient;
        _firstMoment = new NativeBuffer(weights.Length);
        _secondMoment = new NativeBuffer(weights.Length);
        _update = UpdateBlock;
    }

    /// <summary>One step.</summary>
    public void Update(in AdamRates rates)
    {
        _rates = rates;
        _scale = rates.IsClipped == 0 ? 1f : (float)Math.Min(1.0, rates.ClipNorm / (GradientNorm() + 1e-6));
        _team.Run(_update, (int)((_weights.Length + Block - 1) / Block));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _firstMoment.Dispose();
        _secondMoment.Dispose();
    }

    private double GradientNorm()
    {
        double sum = 0;
        foreach (float value in _gradient.Span)
        {
            sum += (double)value * value;
        }

        return Math.Sqrt(sum);
    }

    private void UpdateBlock(int block, int worker)
    {
        long first = (long)block * Block;
        int count = (int)Math.Min(Block, _weights.Length - first);
        _kernels.AdamStep(
            _weights.Address + first,
            _gradient.Address + first,
            _firstMoment.Address + first,
            _secondMoment.Address + first,
            count,
            _rates,
            _scale);
    }
}
