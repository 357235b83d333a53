namespace ScoreGpu.Engine.Devices.Native;

/// <summary>The language in which an accelerator takes its kernels.</summary>
internal enum KernelLanguage
{
    /// <summary>OpenCL C 1.2.</summary>
    OpenClC,

    /// <summary>CUDA C++, with kernels declared <c>extern "C"</c>.</summary>
    CudaC,
}
