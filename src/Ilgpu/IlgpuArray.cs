extern alias dialect;
using dialect::ScoreGpu.Kernels.Dialect;
using ScoreGpu.Engine.Devices.Kernel;

namespace ScoreGpu.Ilgpu;

/// <summary>An array in the memory of an ILGPU device.</summary>
/// <param name="stream">Where copies wait for launches.</param>
/// <param name="memory">The memory.</param>
/// <param name="length">Elements.</param>
internal sealed class IlgpuArray<T>(AcceleratorStream stream, IlgpuMemory memory, int length) : DeviceArray<T>
    where T : unmanaged
{
    /// <inheritdoc/>
    public override int Length => length;

    /// <inheritdoc/>
    public override View<T> View => new(memory, 0, length);

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<T> source, int start = 0)
    {
        ArrayView<T> view = memory.View<T>(start, source.Length);
        if (!source.IsEmpty)
        {
            view.CopyFromCPU(stream, source);
        }
    }

    /// <inheritdoc/>
    public override void Read(Span<T> destination, int start = 0)
    {
        ArrayView<T> view = memory.View<T>(start, destination.Length);
        if (!destination.IsEmpty)
        {
            view.CopyToCPU(stream, destination);
        }
    }

    /// <inheritdoc/>
    public override void Clear() => memory.View<T>(0, length).MemSetToZero(stream);

    /// <inheritdoc/>
    public override void Dispose() => memory.Dispose();
}
