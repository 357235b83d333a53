namespace ScoreGpu.Engine.Devices.OpenCl.Native;

/// <summary>The numbers of <c>CL/cl.h</c> that the engine uses, by their C names less the prefix.</summary>
internal static class OpenClConstants
{
    internal const uint True = 1;

    internal const ulong DeviceTypeCpu = 1 << 1;
    internal const ulong DeviceTypeGpu = 1 << 2;
    internal const ulong DeviceTypeAccelerator = 1 << 3;
    internal const ulong DeviceTypeAll = 0xFFFFFFFF;

    internal const uint PlatformVersion = 0x0901;
    internal const uint PlatformName = 0x0902;

    internal const uint DeviceType = 0x1000;
    internal const uint DeviceMaxComputeUnits = 0x1002;
    internal const uint DeviceMaxWorkGroupSize = 0x1004;
    internal const uint DeviceMaxClockFrequency = 0x100C;
    internal const uint DeviceMaxMemAllocSize = 0x1010;
    internal const uint DeviceSingleFpConfig = 0x101B;
    internal const uint DeviceGlobalMemSize = 0x101F;
    internal const uint DeviceLocalMemType = 0x1022;
    internal const uint DeviceLocalMemSize = 0x1023;
    internal const uint DeviceEndianLittle = 0x1026;
    internal const uint DeviceAvailable = 0x1027;
    internal const uint DeviceCompilerAvailable = 0x1028;
    internal const uint DeviceName = 0x102B;
    internal const uint DeviceVendor = 0x102C;
    internal const uint DriverVersion = 0x102D;
    internal const uint DeviceVersion = 0x102F;
    internal const uint DeviceExtensions = 0x1030;
    internal const uint DeviceHostUnifiedMemory = 0x1035;

    internal const ulong FpInfNan = 1 << 1;
    internal const ulong FpRoundToNearest = 1 << 2;

    internal const nint ContextPlatform = 0x1084;

    internal const ulong MemReadWrite = 1 << 0;

    internal const uint ProgramBinarySizes = 0x1165;
    internal const uint ProgramBinaries = 0x1166;
    internal const uint ProgramKernelNames = 0x1168;
    internal const uint ProgramBuildLog = 0x1183;

    internal const uint KernelNumArgs = 0x1191;
    internal const uint KernelWorkGroupSize = 0x11B0;
    internal const uint KernelLocalMemSize = 0x11B2;
    internal const uint KernelPreferredWorkGroupSizeMultiple = 0x11B3;
    internal const uint KernelPrivateMemSize = 0x11B4;
}
