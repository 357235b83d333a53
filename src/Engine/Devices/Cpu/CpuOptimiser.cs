using System.Runtime.CompilerServices;
using ScoreGpu.Kernels;
using ScoreGpu.Kernels.Cpu;

namespace ScoreGpu.Engine.Devices.Cpu;

/// <summary>Adam, its moments and the weights' average on the CPU device, a block of weights a piece.</summary>
internal sealed unsafe class CpuOptimiser : IDisposable
{
    /// <summary>Weights in a piece: few enough that sums over parts stay in the first-level cache.</summary>
    public const int Block = 1024;

    private readonly ThreadTeam _team;
    private readonly TileKernels _kernels;
    private readonly NativeBuffer _weights;
    private readonly GradientParts _gradient;
    private readonly NativeBuffer _firstMoment;
    private readonly NativeBuffer _secondMoment;
    private readonly NativeBuffer? _average;
    private readonly Action<int, int> _update;
    private readonly Action<int, int> _sumSquares;
    private readonly double[] _squareSums;
    private AdamRates _rates;
    private float _scale;
    private float _averageShare;

    /// <summary>Allocates the moments.</summary>
    /// <param name="team">The threads.</param>
    /// <param name="kernels">The kernels.</param>
    /// <param name="weights">What is optimised; stays the caller's.</param>
    /// <param name="gradient">Its gradient; stays the caller's.</param>
    /// <param name="hasAverage">Whether to keep an average.</param>
    public CpuOptimiser(
        ThreadTeam team, TileKernels kernels, NativeBuffer weights, GradientParts gradient, bool hasAverage)
    {
        _team = team;
        _kernels = kernels;
        _weights = weights;
        _gradient = gradient;
        _firstMoment = new NativeBuffer(weights.Length);
        _secondMoment = new NativeBuffer(weights.Length);
        _update = UpdateBlock;
        _sumSquares = SumSquares;
        _squareSums = new double[BlocksFor(weights.Length)];
        if (hasAverage)
        {
            _average = new NativeBuffer(weights.Length);
            weights.Span.CopyTo(_average.Span);
        }
    }

    /// <summary>The weights' average, or null.</summary>
    public NativeBuffer? Average => _average;

    /// <summary>Pieces of so many weights.</summary>
    public static int BlocksFor(long weights) => (int)((weights + Block - 1) / Block);

    /// <summary>One step.</summary>
    public void Update(in AdamRates rates, float averageShare)
    {
        _averageShare = averageShare;
        _rates = rates;
        _scale = rates.IsClipped == 0 ? 1f : (float)Math.Min(1.0, rates.ClipNorm / (GradientNorm() + 1e-6));
        _team.Run(_update, _squareSums.Length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _firstMoment.Dispose();
        _secondMoment.Dispose();
        _average?.Dispose();
    }

    private double GradientNorm()
    {
        _team.Run(_sumSquares, _squareSums.Length);
        double sum = 0;
        foreach (double block in _squareSums)
        {
            sum += block;
        }

        return Math.Sqrt(sum);
    }

    [SkipLocalsInit]
    private void SumSquares(int block, int worker)
    {
        float* gradient = stackalloc float[_gradient.Buffers * Block];
        long first = (long)block * Block;
        int count = (int)Math.Min(Block, _weights.Length - first);
        _gradient.Sum(first, count, gradient);
        _squareSums[block] = SquareSumKernel.Run(gradient, count);
    }

    [SkipLocalsInit]
    private void UpdateBlock(int block, int worker)
    {
        float* gradient = stackalloc float[_gradient.Buffers * Block];
        long first = (long)block * Block;
        int count = (int)Math.Min(Block, _weights.Length - first);
        _gradient.Sum(first, count, gradient);
        _kernels.AdamStep(
            _weights.Address + first,
            gradient,
            _firstMoment.Address + first,
            _secondMoment.Address + first,
            count,
            _rates,
            _scale);
        if (_average is not null)
        {
            _kernels.AverageStep(_average.Address + first, _weights.Address + first, count, _averageShare);
        }
    }
}
