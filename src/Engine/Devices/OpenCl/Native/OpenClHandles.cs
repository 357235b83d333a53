using System.Runtime.InteropServices;
using ScoreGpu.Engine.Devices.Native;

namespace ScoreGpu.Engine.Devices.OpenCl.Native;

/// <summary>An object that OpenCL counts references of. OpenCL keeps what an object needs, so the order of release is
/// free.</summary>
internal abstract class OpenClHandle : SafeHandle
{
    private protected OpenClHandle()
        : base(0, ownsHandle: true)
    {
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;
}

/// <summary>A <c>cl_context</c>.</summary>
internal sealed class OpenClContextHandle : OpenClHandle
{
    /// <inheritdoc/>
    protected override bool ReleaseHandle() => OpenClApi.ReleaseContext(handle) == OpenClCode.Success;
}

/// <summary>A <c>cl_command_queue</c>.</summary>
internal sealed class OpenClQueueHandle : OpenClHandle
{
    /// <inheritdoc/>
    protected override bool ReleaseHandle() => OpenClApi.ReleaseCommandQueue(handle) == OpenClCode.Success;
}

/// <summary>A <c>cl_mem</c>.</summary>
internal sealed class OpenClMemoryHandle : OpenClHandle
{
    private AllocationLedger? _ledger;
    private long _bytes;

    /// <summary>From now on the release of the memory is counted.</summary>
    public void CountIn(AllocationLedger ledger, long bytes)
    {
        _ledger = ledger;
        _bytes = bytes;
    }

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        _ledger?.Release(_bytes);
        return OpenClApi.ReleaseMemObject(handle) == OpenClCode.Success;
    }
}

/// <summary>A <c>cl_program</c>.</summary>
internal sealed class OpenClProgramHandle : OpenClHandle
{
    /// <inheritdoc/>
    protected override bool ReleaseHandle() => OpenClApi.ReleaseProgram(handle) == OpenClCode.Success;
}

/// <summary>A <c>cl_kernel</c>.</summary>
internal sealed class OpenClKernelHandle : OpenClHandle
{
    /// <inheritdoc/>
    protected override bool ReleaseHandle() => OpenClApi.ReleaseKernel(handle) == OpenClCode.Success;
}
