using System.Globalization;
using ScoreGpu.Kernels.Dialect;
using ScoreGpu.Kernels.Dialect.Debug;

namespace ScoreGpu.Engine.Devices.Kernel;

/// <summary>Kernels as the C# that they are written in, a thread a work-item, over plain arrays.</summary>
/// <remarks>
/// Kernels with barriers take any size of group, so that eight threads do here what 128 work-items do on a device: a
/// barrier of 128 threads costs more than the work between two of them, and a debugger shows eight threads better. The
/// work-items of other kernels take turns anyway, and keep their number.
/// </remarks>
/// <param name="localMemoryBytes">The local memory that a group is said to have.</param>
internal sealed class DebugMachine(long localMemoryBytes = 1 << 24) : KernelMachine
{
    private const int GroupSize = 8;

    private readonly DebugLauncher _launcher = new();

    /// <inheritdoc/>
    public override string Name => "debug";

    /// <inheritdoc/>
    public override string Description =>
        string.Create(CultureInfo.InvariantCulture, $"kernels as plain C#, {GroupSize} threads, for breakpoints");

    /// <inheritdoc/>
    public override long LocalMemoryBytes => localMemoryBytes;

    /// <inheritdoc/>
    public override int ComputeUnits => 1;

    /// <inheritdoc/>
    public override int BusyGroups => 8;

    /// <inheritdoc/>
    public override DeviceArray<T> Allocate<T>(int length) => new HostArray<T>(new T[Math.Max(1, length)]);

    /// <inheritdoc/>
    public override void Launch<TArguments>(KernelDefinition kernel, LaunchShape shape, in TArguments arguments) =>
        _launcher.Launch(
            kernel with { GroupSize = 0 },
            kernel.UsesBarriers ? shape with { GroupSize = Math.Min(GroupSize, shape.GroupSize) } : shape,
            in arguments);

    /// <inheritdoc/>
    public override void Dispose()
    {
    }

    private sealed class HostArray<T>(T[] items) : DeviceArray<T>
        where T : unmanaged
    {
        /// <inheritdoc/>
        public override int Length => items.Length;

        /// <inheritdoc/>
        public override View<T> View => new(items);

        /// <inheritdoc/>
        public override void Write(ReadOnlySpan<T> source, int start = 0) => source.CopyTo(items.AsSpan(start));

        /// <inheritdoc/>
        public override void Read(Span<T> destination, int start = 0) =>
            items.AsSpan(start, destination.Length).CopyTo(destination);

        /// <inheritdoc/>
        public override void Clear() => Array.Clear(items);

        /// <inheritdoc/>
        public override void Dispose()
        {
        }
    }
}
