using System.Runtime.InteropServices;
using ScoreGpu.Engine.Devices.Native;

namespace ScoreGpu.Engine.Devices.Cuda.Native;

/// <summary>A device's primary context: retained here, released when nothing that lives in it is left.</summary>
internal sealed unsafe class CudaContextHandle : SafeHandle
{
    private readonly int _device;

    /// <summary>Retains the primary context of a device.</summary>
    /// <exception cref="CudaException">The driver does not give it.</exception>
    public CudaContextHandle(int device)
        : base(0, ownsHandle: true)
    {
        _device = device;
        nint context = 0;
        CudaCode.Check(CudaApi.DevicePrimaryCtxRetain(&context, device), "cuDevicePrimaryCtxRetain");
        SetHandle(context);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>Makes the context the calling thread's; every other call of the driver uses that of the thread.
    /// </summary>
    public void MakeCurrent()
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        CudaCode.Check(CudaApi.CtxSetCurrent(handle), "cuCtxSetCurrent");
    }

    /// <summary>Makes the context current and waits for it, for the release of something that kernels may still use.
    /// </summary>
    public void MakeIdle()
    {
        // In a lost context both fail, and so will the release; there is nobody to tell.
        if (CudaApi.CtxSetCurrent(handle) == CudaCode.Success)
        {
            _ = CudaApi.CtxSynchronize();
        }
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle() => CudaApi.DevicePrimaryCtxRelease(_device) == CudaCode.Success;
}

/// <summary>Something that lives in a context, and keeps it.</summary>
internal abstract class CudaHandle : SafeHandle
{
    private protected CudaHandle(CudaContextHandle context)
        : base(0, ownsHandle: true)
    {
        Context = context;
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <summary>The handle's number; throws where it was released.</summary>
    public nint Value
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return handle;
        }
    }

    /// <summary>The context.</summary>
    public CudaContextHandle Context { get; }

    /// <summary>Takes over what was created; from now on the context cannot go before it.</summary>
    private protected void Own(nint created)
    {
        bool added = false;
        Context.DangerousAddRef(ref added);
        SetHandle(created);
    }

    /// <inheritdoc/>
    protected sealed override bool ReleaseHandle()
    {
        Context.MakeIdle();
        bool released = Destroy();
        Context.DangerousRelease();
        return released;
    }

    /// <summary>Releases the handle in its context, which is current and idle.</summary>
    private protected abstract bool Destroy();
}

/// <summary>A <c>CUstream</c>.</summary>
internal sealed unsafe class CudaStreamHandle : CudaHandle
{
    /// <summary>Creates a stream that does not wait for the default stream.</summary>
    public CudaStreamHandle(CudaContextHandle context)
        : base(context)
    {
        context.MakeCurrent();
        nint stream = 0;
        CudaCode.Check(CudaApi.StreamCreate(&stream, CudaConstants.StreamNonBlocking), "cuStreamCreate");
        Own(stream);
    }

    /// <inheritdoc/>
    private protected override bool Destroy() => CudaApi.StreamDestroy(handle) == CudaCode.Success;
}

/// <summary>Device memory.</summary>
internal sealed unsafe class CudaMemoryHandle : CudaHandle
{
    private readonly AllocationLedger _ledger;
    private readonly long _bytes;

    /// <summary>Allocates memory; the ledger hears of its release.</summary>
    public CudaMemoryHandle(CudaContextHandle context, AllocationLedger ledger, long bytes)
        : base(context)
    {
        _ledger = ledger;
        _bytes = bytes;
        context.MakeCurrent();
        ulong memory = 0;
        CudaCode.Check(CudaApi.MemAlloc(&memory, checked((nuint)bytes)), $"cuMemAlloc of {bytes} bytes");
        Own((nint)memory);
    }

    /// <inheritdoc/>
    private protected override bool Destroy()
    {
        _ledger.Release(_bytes);
        return CudaApi.MemFree((ulong)handle) == CudaCode.Success;
    }
}

/// <summary>A <c>CUmodule</c>.</summary>
internal sealed unsafe class CudaModuleHandle : CudaHandle
{
    private const int LogBytes = 8192;

    /// <summary>Loads a cubin, or compiles PTX further.</summary>
    /// <exception cref="CudaException">The driver does not accept the image; the message has its log.</exception>
    public CudaModuleHandle(CudaContextHandle context, ReadOnlySpan<byte> image)
        : base(context)
    {
        context.MakeCurrent();

        // PTX is text and must end in 0; a cubin does not mind.
        byte[] terminated = [.. image, 0];
        byte* log = stackalloc byte[LogBytes];
        log[0] = 0;
        int* options = stackalloc int[]
        {
            CudaConstants.JitErrorLogBuffer, CudaConstants.JitErrorLogBufferSizeBytes,
        };
        void** values = stackalloc void*[2];
        values[0] = log;
        values[1] = (void*)(nint)LogBytes;
        nint module = 0;
        fixed (byte* address = terminated)
        {
            int code = CudaApi.ModuleLoadDataEx(&module, address, 2, options, values);
            if (code != CudaCode.Success)
            {
                log[LogBytes - 1] = 0;
                throw CudaCode.Exception(code, "cuModuleLoadDataEx", Marshal.PtrToStringUTF8((nint)log));
            }
        }

        Own(module);
    }

    /// <inheritdoc/>
    private protected override bool Destroy() => CudaApi.ModuleUnload(handle) == CudaCode.Success;
}
