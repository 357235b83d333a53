using ScoreGpu.Engine.Devices.Native;
using ScoreGpu.Kernels.Dialect;

namespace ScoreGpu.Engine.Devices.Kernel;

/// <summary>Kernels compiled by a driver, on one of its devices. Each is compiled when it is first launched.</summary>
internal sealed class AcceleratorMachine : KernelMachine
{
    private const int GroupsOfUnit = 16;

    private readonly Accelerator _accelerator;
    private readonly AcceleratorLauncher _launcher;

    /// <summary>Takes over an opened device.</summary>
    public AcceleratorMachine(Accelerator accelerator)
    {
        _accelerator = accelerator;
        _launcher = new AcceleratorLauncher(accelerator);
    }

    /// <inheritdoc/>
    public override string Name => _accelerator.Info.Api;

    /// <inheritdoc/>
    public override string Description => _accelerator.Info.ToString();

    /// <summary>Whether it is a graphics processor, not one that a CPU plays.</summary>
    public bool IsGpu => _accelerator.Info.IsGpu;

    /// <inheritdoc/>
    public override long LocalMemoryBytes => _accelerator.Info.LocalMemoryBytes;

    /// <inheritdoc/>
    public override int ComputeUnits => _accelerator.Info.ComputeUnits;

    /// <inheritdoc/>
    public override int BusyGroups => GroupsOfUnit * ComputeUnits;

    /// <inheritdoc/>
    public override DeviceArray<T> Allocate<T>(int length) =>
        new AcceleratorArray<T>(_accelerator.Allocate<T>(Math.Max(1, length)));

    /// <inheritdoc/>
    public override void Launch<TArguments>(KernelDefinition kernel, LaunchShape shape, in TArguments arguments) =>
        _launcher.Launch(kernel, shape, in arguments);

    /// <inheritdoc/>
    public override void Dispose()
    {
        _launcher.Dispose();
        _accelerator.Dispose();
    }

    /// <inheritdoc/>
    internal override DeviceRates MeasureRates(int elements = MachineRates.CopiedElements) => new(
        MachineRates.MultiplyAdds(this),
        MachineRates.Copies(this, elements),
        MachineRates.LocalReads(this),
        LaunchLatency.Measure(_accelerator));

    private sealed class AcceleratorArray<T>(AcceleratorBuffer<T> buffer) : DeviceArray<T>
        where T : unmanaged
    {
        /// <inheritdoc/>
        public override int Length => (int)buffer.Length;

        /// <inheritdoc/>
        public override View<T> View => buffer.View();

        /// <inheritdoc/>
        public override void Write(ReadOnlySpan<T> source, int start = 0) => buffer.Write(source, start);

        /// <inheritdoc/>
        public override void Read(Span<T> destination, int start = 0) => buffer.Read(destination, start);

        /// <inheritdoc/>
        public override void Clear() => buffer.Clear();

        /// <inheritdoc/>
        public override void Dispose() => buffer.Dispose();
    }
}
