using System.Runtime.InteropServices;

namespace ScoreGpu.Engine.Devices.Cuda.Native;

/// <summary>An <c>nvrtcProgram</c>.</summary>
internal sealed unsafe class NvrtcProgramHandle : SafeHandle
{
    /// <summary>Takes over a program.</summary>
    public NvrtcProgramHandle(nint program)
        : base(0, ownsHandle: true)
    {
        SetHandle(program);
    }

    /// <inheritdoc/>
    public override bool IsInvalid => handle == 0;

    /// <inheritdoc/>
    protected override bool ReleaseHandle()
    {
        nint program = handle;
        return NvrtcApi.DestroyProgram(&program) == CudaCode.Success;
    }
}
