using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Engine.Devices.Kernel;

/// <summary>A device that runs the kernels of <c>ScoreGpu.Kernels.Gpu</c>, whatever compiles them.</summary>
/// <param name="machine">What runs them; disposed of with the device.</param>
internal sealed class KernelDevice(KernelMachine machine) : IDevice
{
    /// <inheritdoc/>
    public string Name => machine.Name;

    /// <inheritdoc/>
    public string Description => machine.Description;

    /// <summary>What runs the kernels.</summary>
    internal KernelMachine Machine => machine;

    /// <inheritdoc/>
    public IDeviceNetwork Load(Network network) => new KernelNetwork(machine, network);

    /// <inheritdoc/>
    public IDeviceMixture Load(GaussianMixture mixture) => new KernelMixture(machine, mixture);

    /// <inheritdoc/>
    public ITrainer Train(Network network, Objective objective, TrainingData data, TrainingOptions options) =>
        new KernelTrainer(machine, network, objective, data, options);

    /// <inheritdoc/>
    public void Dispose() => machine.Dispose();
}
