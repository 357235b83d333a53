using System.Runtime.InteropServices;
using ScoreGpu.Engine.Devices.Native;

namespace ScoreGpu.Engine.Devices.Cuda.Native;

/// <summary>The codes that the functions of CUDA's driver return.</summary>
internal static unsafe class CudaCode
{
    internal const int Success = 0;
    internal const int InvalidValue = 1;
    internal const int OutOfMemory = 2;
    internal const int Deinitialized = 4;
    internal const int StubLibrary = 34;
    internal const int DeviceUnavailable = 46;
    internal const int NoDevice = 100;
    internal const int InvalidDevice = 101;
    internal const int InvalidImage = 200;
    internal const int NoBinaryForGpu = 209;
    internal const int EccUncorrectable = 214;
    internal const int InvalidPtx = 218;
    internal const int NvlinkUncorrectable = 220;
    internal const int JitCompilerNotFound = 221;
    internal const int UnsupportedPtxVersion = 222;
    internal const int InvalidSource = 300;
    internal const int NotFound = 500;
    internal const int IllegalAddress = 700;
    internal const int LaunchOutOfResources = 701;
    internal const int LaunchTimeout = 702;
    internal const int ContextIsDestroyed = 709;
    internal const int Assert = 710;
    internal const int HardwareStackError = 714;
    internal const int LaunchFailed = 719;
    internal const int SystemNotReady = 802;
    internal const int SystemDriverMismatch = 803;
    internal const int Unknown = 999;

    /// <summary>The name of a code in <c>cuda.h</c>, as the driver tells it.</summary>
    public static string NameOf(int code)
    {
        if (CudaApi.Driver.Handle == 0)
        {
            return "an error of CUDA";
        }

        byte* name = null;
        return CudaApi.GetErrorName(code, &name) == Success && name is not null
            ? Marshal.PtrToStringUTF8((nint)name)!
            : "an unknown error";
    }

    /// <summary>Throws where a call failed.</summary>
    /// <param name="code">What the call returned.</param>
    /// <param name="call">The C name of the function, and what it was called for.</param>
    /// <exception cref="CudaException">The code is not 0.</exception>
    public static void Check(int code, string call)
    {
        if (code != Success)
        {
            throw Exception(code, call);
        }
    }

    /// <summary>The exception for a code.</summary>
    public static CudaException Exception(int code, string call, string? details = null) =>
        new(FailureOf(code), code, NameOf(code), call, Advice(code), details);

    /// <summary>The kind of failure that a code stands for.</summary>
    public static DeviceFailure FailureOf(int code) => code switch
    {
        OutOfMemory or LaunchOutOfResources => DeviceFailure.OutOfMemory,
        StubLibrary or NoDevice or InvalidDevice or SystemNotReady or SystemDriverMismatch =>
            DeviceFailure.Unavailable,
        InvalidImage or NoBinaryForGpu or InvalidPtx or JitCompilerNotFound or UnsupportedPtxVersion or InvalidSource =>
            DeviceFailure.BuildFailed,
        Deinitialized or DeviceUnavailable or EccUncorrectable or NvlinkUncorrectable or IllegalAddress
            or LaunchTimeout or ContextIsDestroyed or Assert or (>= HardwareStackError and <= LaunchFailed)
            or Unknown => DeviceFailure.DeviceLost,
        _ => DeviceFailure.Other,
    };

    /// <summary>What a code means and what can be done, as a sentence; empty where the name says it.</summary>
    public static string Advice(int code) => code switch
    {
        OutOfMemory => "The device has no memory left; use smaller batches, or close what else uses it.",
        LaunchOutOfResources => "A group needs more registers or shared memory than the device has.",
        StubLibrary => "The library is a toolkit's stub, not a driver's.",
        NoDevice => "The driver finds no CUDA device.",
        SystemDriverMismatch => "The driver's library and its kernel module differ in version; restart the machine.",
        UnsupportedPtxVersion => "NVRTC is newer than the driver; update the driver, or name an older NVRTC.",
        IllegalAddress or LaunchFailed or HardwareStackError =>
            "A kernel used memory outside its buffers, and the device's context is lost. Start again to use it.",
        _ when FailureOf(code) == DeviceFailure.DeviceLost => "The device is lost. Start again to use it.",
        _ => string.Empty,
    };
}
