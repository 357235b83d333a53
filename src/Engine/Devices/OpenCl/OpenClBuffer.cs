using ScoreGpu.Engine.Devices.Native;
using ScoreGpu.Engine.Devices.OpenCl.Native;

namespace ScoreGpu.Engine.Devices.OpenCl;

/// <summary>Memory of an OpenCL device: a <c>cl_mem</c>.</summary>
internal sealed unsafe class OpenClBuffer : AcceleratorMemory
{
    private readonly OpenClQueueHandle _queue;
    private readonly OpenClMemoryHandle _memory;

    /// <summary>Takes over a buffer.</summary>
    /// <param name="queue">The queue of its context.</param>
    /// <param name="memory">The buffer.</param>
    /// <param name="bytes">Its size.</param>
    public OpenClBuffer(OpenClQueueHandle queue, OpenClMemoryHandle memory, long bytes)
        : base(bytes)
    {
        _queue = queue;
        _memory = memory;
    }

    /// <summary>Whether the buffer can be used with a context's kernels.</summary>
    public bool BelongsTo(OpenClContext context) => _queue == context.Queue;

    /// <summary>The <c>cl_mem</c>, for an argument.</summary>
    public OpenClMemoryHandle Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(_memory.IsClosed, this);
            return _memory;
        }
    }

    /// <inheritdoc/>
    public override void Dispose() => _memory.Dispose();

    private protected override void WriteCore(void* source, long offset, long bytes) =>
        OpenClCode.Check(
            OpenClApi.EnqueueWriteBuffer(
                _queue, _memory, OpenClConstants.True, (nuint)offset, (nuint)bytes, source, 0, null, null),
            "clEnqueueWriteBuffer");

    private protected override void ReadCore(void* destination, long offset, long bytes) =>
        OpenClCode.Check(
            OpenClApi.EnqueueReadBuffer(
                _queue, _memory, OpenClConstants.True, (nuint)offset, (nuint)bytes, destination, 0, null, null),
            "clEnqueueReadBuffer");

    private protected override void CopyCore(
        AcceleratorMemory destination, long offset, long destinationOffset, long bytes)
    {
        if (destination is not OpenClBuffer other || other._queue != _queue)
        {
            throw new ArgumentException("The destination is a buffer of another device.", nameof(destination));
        }

        OpenClCode.Check(
            OpenClApi.EnqueueCopyBuffer(
                _queue, _memory, other._memory, (nuint)offset, (nuint)destinationOffset, (nuint)bytes, 0, null, null),
            "clEnqueueCopyBuffer");
    }

    private protected override void ClearCore(long offset, long bytes)
    {
        // Fills of words are the fast path of drivers; both ends must then be whole words.
        uint zero = 0;
        nuint pattern = (offset | bytes) % sizeof(uint) == 0 ? sizeof(uint) : 1u;
        OpenClCode.Check(
            OpenClApi.EnqueueFillBuffer(
                _queue, _memory, &zero, pattern, (nuint)offset, (nuint)bytes, 0, null, null),
            "clEnqueueFillBuffer");
    }
}
