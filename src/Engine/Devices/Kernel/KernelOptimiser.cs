using ScoreGpu.Kernels;
using ScoreGpu.Kernels.Dialect;
using ScoreGpu.Kernels.Gpu;

namespace ScoreGpu.Engine.Devices.Kernel;

/// <summary>Adam, its moments and the weights' average on a machine that runs kernels.</summary>
internal sealed class KernelOptimiser : IDisposable
{
    private const int MostGroups = 512;

    private readonly KernelMachine _machine;
    private readonly DeviceArray<float> _weights;
    private readonly DeviceArray<float> _gradient;
    private readonly DeviceArray<float> _squares;
    private readonly DeviceArray<float> _firstMoment;
    private readonly DeviceArray<float> _secondMoment;
    private readonly DeviceArray<float>? _average;

    /// <summary>Allocates the moments.</summary>
    /// <param name="machine">Where.</param>
    /// <param name="weights">What is optimised; stays the caller's.</param>
    /// <param name="gradient">Its gradient; stays the caller's.</param>
    /// <param name="squares">The shares of the gradient's squared norm; stays the caller's.</param>
    /// <param name="averageStart">Where the weights' average starts; empty keeps none.</param>
    public KernelOptimiser(
        KernelMachine machine,
        DeviceArray<float> weights,
        DeviceArray<float> gradient,
        DeviceArray<float> squares,
        ReadOnlySpan<float> averageStart)
    {
        _machine = machine;
        _weights = weights;
        _gradient = gradient;
        _squares = squares;
        _firstMoment = machine.Zeros(weights.Length);
        _secondMoment = machine.Zeros(weights.Length);
        _average = averageStart.IsEmpty ? null : machine.Copy(averageStart);
    }

    /// <summary>The weights' average, or null.</summary>
    public DeviceArray<float>? Average => _average;

    /// <summary>One step.</summary>
    public void Update(in AdamRates rates, float averageShare)
    {
        var shape = Shape(AdamStepKernel.GroupSize);
        AdamStep.Launch(
            _machine,
            shape,
            _weights.View,
            _gradient.View,
            _firstMoment.View,
            _secondMoment.View,
            _squares.View,
            _squares.Length,
            _weights.Length,
            rates);
        if (_average is not null)
        {
            MovingAverage.Launch(
                _machine,
                Shape(MovingAverageKernel.GroupSize),
                _average.View,
                _weights.View,
                _weights.Length,
                averageShare);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _firstMoment.Dispose();
        _secondMoment.Dispose();
        _average?.Dispose();
    }

    private LaunchShape Shape(int groupSize)
    {
        var shape = LaunchShape.Covering(_weights.Length, groupSize);
        return shape with { Groups = Math.Min(MostGroups, shape.Groups) };
    }
}
