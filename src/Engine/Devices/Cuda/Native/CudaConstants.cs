namespace ScoreGpu.Engine.Devices.Cuda.Native;

/// <summary>The numbers of <c>cuda.h</c> that the engine uses.</summary>
internal static class CudaConstants
{
    internal const uint StreamNonBlocking = 1;

    internal const int DeviceMaxThreadsPerBlock = 1;
    internal const int DeviceMaxSharedMemoryPerBlock = 8;
    internal const int DeviceWarpSize = 10;
    internal const int DeviceClockRate = 13;
    internal const int DeviceMultiprocessorCount = 16;
    internal const int DeviceIntegrated = 18;
    internal const int DeviceComputeMode = 20;
    internal const int DeviceComputeCapabilityMajor = 75;
    internal const int DeviceComputeCapabilityMinor = 76;
    internal const int DeviceMaxThreadsPerMultiprocessor = 39;
    internal const int DeviceMaxSharedMemoryPerBlockOptin = 97;

    internal const int ComputeModeProhibited = 2;

    internal const int FuncMaxThreadsPerBlock = 0;
    internal const int FuncSharedSizeBytes = 1;
    internal const int FuncLocalSizeBytes = 3;
    internal const int FuncNumRegs = 4;
    internal const int FuncMaxDynamicSharedSizeBytes = 8;

    internal const int JitErrorLogBuffer = 5;
    internal const int JitErrorLogBufferSizeBytes = 6;
}
