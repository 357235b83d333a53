using ScoreGpu.Engine.Devices.Cuda.Native;
using ScoreGpu.Engine.Devices.Native;

namespace ScoreGpu.Engine.Devices.Cuda;

/// <summary>Memory of a CUDA device.</summary>
internal sealed unsafe class CudaBuffer : AcceleratorMemory
{
    private readonly CudaContext _owner;
    private readonly CudaMemoryHandle _memory;

    /// <summary>Takes over memory.</summary>
    public CudaBuffer(CudaContext owner, CudaMemoryHandle memory, long bytes)
        : base(bytes)
    {
        _owner = owner;
        _memory = memory;
    }

    /// <summary>The device's address.</summary>
    public ulong Address => (ulong)_memory.Value;

    /// <summary>Whether the buffer can be used with a context's kernels.</summary>
    public bool BelongsTo(CudaContext context) => ReferenceEquals(_owner, context);

    /// <inheritdoc/>
    public override void Dispose() => _memory.Dispose();

    private protected override void WriteCore(void* source, long offset, long bytes)
    {
        nint stream = Stream();
        CudaCode.Check(
            CudaApi.MemcpyHtoDAsync(Address + (ulong)offset, source, (nuint)bytes, stream), "cuMemcpyHtoDAsync");

        // Where the device reads the host's memory itself, the copy may go on after the call.
        CudaCode.Check(CudaApi.StreamSynchronize(stream), "cuStreamSynchronize");
    }

    private protected override void ReadCore(void* destination, long offset, long bytes)
    {
        nint stream = Stream();
        CudaCode.Check(
            CudaApi.MemcpyDtoHAsync(destination, Address + (ulong)offset, (nuint)bytes, stream), "cuMemcpyDtoHAsync");
        CudaCode.Check(CudaApi.StreamSynchronize(stream), "cuStreamSynchronize");
    }

    private protected override void CopyCore(
        AcceleratorMemory destination, long offset, long destinationOffset, long bytes)
    {
        if (destination is not CudaBuffer other || !other.BelongsTo(_owner))
        {
            throw new ArgumentException("The destination is a buffer of another device.", nameof(destination));
        }

        nint stream = Stream();
        CudaCode.Check(
            CudaApi.MemcpyDtoDAsync(
                other.Address + (ulong)destinationOffset, Address + (ulong)offset, (nuint)bytes, stream),
            "cuMemcpyDtoDAsync");
    }

    private protected override void ClearCore(long offset, long bytes)
    {
        nint stream = Stream();
        CudaCode.Check(
            CudaApi.MemsetD8Async(Address + (ulong)offset, 0, (nuint)bytes, stream), "cuMemsetD8Async");
    }

    private nint Stream()
    {
        _memory.Context.MakeCurrent();
        return _owner.Stream.Value;
    }
}
