using ScoreGpu.Kernels;
using ScoreGpu.Kernels.Dialect;
using ScoreGpu.Kernels.Gpu;

namespace ScoreGpu.Engine.Devices.Kernel;

/// <summary>Adam and its moments on a machine that runs kernels.</summary>
internal sealed class KernelOptimiser : IDisposable
{
    private const int MostGroups = 512;

    private readonly KernelMachine _machine;
    private readonly DeviceArray<float> _weights;
    private readonly DeviceArray<float> _gradient;
    private readonly DeviceArray<float> _squares;
    private readonly DeviceArray<float> _firstMoment;
    private readonly DeviceArray<float> _secondMoment;

    /// <summary>Allocates the moments.</summary>
    /// <param name="machine">Where.</param>
    /// <param name="weights">What is optimised; stays the caller's.</param>
    /// <param name="gradient">Its gradient; stays the caller's.</param>
    /// <param name="squares">The shares of the gradient's squared norm; stays the caller's.</param>
    public KernelOptimiser(
        KernelMachine machine,
        DeviceArray<float> weights,
        DeviceArray<float> gradient,
        DeviceArray<float> squares)
    {
        _machine = machine;
        _weights = weights;
        _gradient = gradient;
        _squares = squares;
        _firstMoment = machine.Zeros(weights.Length);
        _secondMoment = machine.Zeros(weights.Length);
    }

    /// <summary>One step.</summary>
    public void Update(in AdamRates rates)
    {
        var shape = LaunchShape.Covering(_weights.Length, AdamStepKernel.GroupSize);
        AdamStep.Launch(
            _machine,
            shape with { Groups = Math.Min(MostGroups, shape.Groups) },
            _weights.View,
            _gradient.View,
            _firstMoment.View,
            _secondMoment.View,
            _squares.View,
            GradientSumKernel.Groups,
            _weights.Length,
            rates);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _firstMoment.Dispose();
        _secondMoment.Dispose();
    }
}
