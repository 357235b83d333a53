using System.Collections.Frozen;
using ScoreGpu.Engine.Devices.Native;

namespace ScoreGpu.Engine.Devices.OpenCl.Native;

/// <summary>The codes that OpenCL's functions return.</summary>
internal static class OpenClCode
{
    internal const int Success = 0;
    internal const int DeviceNotFound = -1;
    internal const int DeviceNotAvailable = -2;
    internal const int CompilerNotAvailable = -3;
    internal const int MemObjectAllocationFailure = -4;
    internal const int OutOfResources = -5;
    internal const int OutOfHostMemory = -6;
    internal const int BuildProgramFailure = -11;
    internal const int InvalidContext = -34;
    internal const int InvalidCommandQueue = -36;
    internal const int InvalidBuildOptions = -43;
    internal const int InvalidKernelName = -46;
    internal const int InvalidBufferSize = -61;
    internal const int PlatformNotFound = -1001;
    internal const int IllegalAccess = -9999;

    private static readonly FrozenDictionary<int, string> Names = new Dictionary<int, string>
    {
        [0] = "CL_SUCCESS",
        [-1] = "CL_DEVICE_NOT_FOUND",
        [-2] = "CL_DEVICE_NOT_AVAILABLE",
        [-3] = "CL_COMPILER_NOT_AVAILABLE",
        [-4] = "CL_MEM_OBJECT_ALLOCATION_FAILURE",
        [-5] = "CL_OUT_OF_RESOURCES",
        [-6] = "CL_OUT_OF_HOST_MEMORY",
        [-7] = "CL_PROFILING_INFO_NOT_AVAILABLE",
        [-8] = "CL_MEM_COPY_OVERLAP",
        [-9] = "CL_IMAGE_FORMAT_MISMATCH",
        [-10] = "CL_IMAGE_FORMAT_NOT_SUPPORTED",
        [-11] = "CL_BUILD_PROGRAM_FAILURE",
        [-12] = "CL_MAP_FAILURE",
        [-13] = "CL_MISALIGNED_SUB_BUFFER_OFFSET",
        [-14] = "CL_EXEC_STATUS_ERROR_FOR_EVENTS_IN_WAIT_LIST",
        [-15] = "CL_COMPILE_PROGRAM_FAILURE",
        [-16] = "CL_LINKER_NOT_AVAILABLE",
        [-17] = "CL_LINK_PROGRAM_FAILURE",
        [-18] = "CL_DEVICE_PARTITION_FAILED",
        [-19] = "CL_KERNEL_ARG_INFO_NOT_AVAILABLE",
        [-30] = "CL_INVALID_VALUE",
        [-31] = "CL_INVALID_DEVICE_TYPE",
        [-32] = "CL_INVALID_PLATFORM",
        [-33] = "CL_INVALID_DEVICE",
        [-34] = "CL_INVALID_CONTEXT",
        [-35] = "CL_INVALID_QUEUE_PROPERTIES",
        [-36] = "CL_INVALID_COMMAND_QUEUE",
        [-37] = "CL_INVALID_HOST_PTR",
        [-38] = "CL_INVALID_MEM_OBJECT",
        [-39] = "CL_INVALID_IMAGE_FORMAT_DESCRIPTOR",
        [-40] = "CL_INVALID_IMAGE_SIZE",
        [-41] = "CL_INVALID_SAMPLER",
        [-42] = "CL_INVALID_BINARY",
        [-43] = "CL_INVALID_BUILD_OPTIONS",
        [-44] = "CL_INVALID_PROGRAM",
        [-45] = "CL_INVALID_PROGRAM_EXECUTABLE",
        [-46] = "CL_INVALID_KERNEL_NAME",
        [-47] = "CL_INVALID_KERNEL_DEFINITION",
        [-48] = "CL_INVALID_KERNEL",
        [-49] = "CL_INVALID_ARG_INDEX",
        [-50] = "CL_INVALID_ARG_VALUE",
        [-51] = "CL_INVALID_ARG_SIZE",
        [-52] = "CL_INVALID_KERNEL_ARGS",
        [-53] = "CL_INVALID_WORK_DIMENSION",
        [-54] = "CL_INVALID_WORK_GROUP_SIZE",
        [-55] = "CL_INVALID_WORK_ITEM_SIZE",
        [-56] = "CL_INVALID_GLOBAL_OFFSET",
        [-57] = "CL_INVALID_EVENT_WAIT_LIST",
        [-58] = "CL_INVALID_EVENT",
        [-59] = "CL_INVALID_OPERATION",
        [-60] = "CL_INVALID_GL_OBJECT",
        [-61] = "CL_INVALID_BUFFER_SIZE",
        [-62] = "CL_INVALID_MIP_LEVEL",
        [-63] = "CL_INVALID_GLOBAL_WORK_SIZE",
        [-64] = "CL_INVALID_PROPERTY",
        [-65] = "CL_INVALID_IMAGE_DESCRIPTOR",
        [-66] = "CL_INVALID_COMPILER_OPTIONS",
        [-67] = "CL_INVALID_LINKER_OPTIONS",
        [-68] = "CL_INVALID_DEVICE_PARTITION_COUNT",
        [-69] = "CL_INVALID_PIPE_SIZE",
        [-70] = "CL_INVALID_DEVICE_QUEUE",
        [-71] = "CL_INVALID_SPEC_ID",
        [-72] = "CL_MAX_SIZE_RESTRICTION_EXCEEDED",
        [-1001] = "CL_PLATFORM_NOT_FOUND_KHR",
        [-9999] = "CL_ILLEGAL_ACCESS_NV",
    }.ToFrozenDictionary();

    /// <summary>The name of a code in <c>CL/cl.h</c>.</summary>
    public static string NameOf(int code) => Names.TryGetValue(code, out string? name) ? name : "an unknown error";

    /// <summary>Throws where a call failed.</summary>
    /// <param name="code">What the call returned or stored.</param>
    /// <param name="call">The C name of the function, and what it was called for.</param>
    /// <exception cref="OpenClException">The code is not 0.</exception>
    public static void Check(int code, string call)
    {
        if (code != Success)
        {
            throw new OpenClException(code, call);
        }
    }

    /// <summary>The kind of failure that a code stands for.</summary>
    public static DeviceFailure FailureOf(int code) => code switch
    {
        MemObjectAllocationFailure or OutOfResources or OutOfHostMemory or InvalidBufferSize =>
            DeviceFailure.OutOfMemory,
        DeviceNotAvailable or InvalidContext or InvalidCommandQueue or IllegalAccess => DeviceFailure.DeviceLost,
        BuildProgramFailure or InvalidBuildOptions => DeviceFailure.BuildFailed,
        DeviceNotFound or CompilerNotAvailable or PlatformNotFound => DeviceFailure.Unavailable,
        _ => DeviceFailure.Other,
    };

    /// <summary>What a code means and what can be done, as a sentence; empty where the name says it.</summary>
    public static string Advice(int code) => code switch
    {
        MemObjectAllocationFailure => "The device has no memory left for a buffer; use smaller batches.",
        OutOfHostMemory => "The driver ran out of the host's memory.",
        InvalidBufferSize => "The buffer is larger than the device allows.",
        OutOfResources =>
            "The device ran out of memory or registers, or a kernel used memory outside its buffers: drivers report "
            + "both with this code.",
        DeviceNotAvailable or InvalidContext or InvalidCommandQueue or IllegalAccess =>
            "The device is lost: it was reset or removed, or a kernel ran too long or used memory outside its "
            + "buffers. Start again to use it.",
        PlatformNotFound => "No driver is registered with the OpenCL loader.",
        _ => string.Empty,
    };
}
