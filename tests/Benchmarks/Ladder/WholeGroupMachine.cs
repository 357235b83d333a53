using ScoreGpu.Engine.Devices.Kernel;
using ScoreGpu.Kernels.Dialect.Debug;

namespace ScoreGpu.Tests.Benchmarks.Ladder;

/// <summary>The debug device, but with all work-items of a group: the kernels of the ladder are short because each counts on
/// its own size of group.</summary>
internal sealed class WholeGroupMachine : KernelMachine
{
    private readonly DebugMachine _debug = new();
    private readonly DebugLauncher _launcher = new();

    public override string Name => _debug.Name;

    public override string Description => _debug.Description;

    public override long LocalMemoryBytes => _debug.LocalMemoryBytes;

    public override int ComputeUnits => _debug.ComputeUnits;

    public override int BusyGroups => _debug.BusyGroups;

    public override DeviceArray<T> Allocate<T>(int length) => _debug.Allocate<T>(length);

    public override void Launch<TArguments>(KernelDefinition kernel, LaunchShape shape, in TArguments arguments)
    {
        if (kernel.Name.StartsWith("LocalTile", StringComparison.Ordinal)
            || kernel.Name.StartsWith("Dense", StringComparison.Ordinal))
        {
            _launcher.Launch(kernel, shape, in arguments);
        }
        else
        {
            _debug.Launch(kernel, shape, in arguments);
        }
    }

    public override void Dispose() => _debug.Dispose();
}
