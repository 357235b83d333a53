using System.Runtime.InteropServices;
using ScoreGpu.Engine.Devices.Native;

namespace ScoreGpu.Engine.Devices.Cuda.Native;

/// <summary>The functions of CUDA's driver that the engine calls, by their C names less the prefix. Each returns a code
/// that <see cref="CudaCode.Check"/> looks at. A CUdeviceptr is 64 bits wide on the only hosts that are left.</summary>
internal static unsafe partial class CudaApi
{
    private const string Library = "cuda";

    static CudaApi() => NativeLibraries.Register(Library, Driver);

    /// <summary>The search for the driver's library, which comes with the driver and not with a toolkit.</summary>
    public static NativeLibrarySearch Driver { get; } = new(
        "NVIDIA's driver",
        () => OperatingSystem.IsWindows() ? ["nvcuda.dll"] : ["libcuda.so.1", "libcuda.so"],
        WhyRefused);

    [LibraryImport(Library, EntryPoint = "cuInit")]
    internal static partial int Init(uint flags);

    [LibraryImport(Library, EntryPoint = "cuDriverGetVersion")]
    internal static partial int DriverGetVersion(int* version);

    [LibraryImport(Library, EntryPoint = "cuGetErrorName")]
    internal static partial int GetErrorName(int code, byte** name);

    [LibraryImport(Library, EntryPoint = "cuGetErrorString")]
    internal static partial int GetErrorString(int code, byte** text);

    [LibraryImport(Library, EntryPoint = "cuDeviceGetCount")]
    internal static partial int DeviceGetCount(int* count);

    [LibraryImport(Library, EntryPoint = "cuDeviceGet")]
    internal static partial int DeviceGet(int* device, int ordinal);

    [LibraryImport(Library, EntryPoint = "cuDeviceGetName")]
    internal static partial int DeviceGetName(byte* name, int length, int device);

    [LibraryImport(Library, EntryPoint = "cuDeviceTotalMem_v2")]
    internal static partial int DeviceTotalMem(nuint* bytes, int device);

    [LibraryImport(Library, EntryPoint = "cuDeviceGetAttribute")]
    internal static partial int DeviceGetAttribute(int* value, int attribute, int device);

    [LibraryImport(Library, EntryPoint = "cuDevicePrimaryCtxRetain")]
    internal static partial int DevicePrimaryCtxRetain(nint* context, int device);

    [LibraryImport(Library, EntryPoint = "cuDevicePrimaryCtxRelease_v2")]
    internal static partial int DevicePrimaryCtxRelease(int device);

    [LibraryImport(Library, EntryPoint = "cuCtxSetCurrent")]
    internal static partial int CtxSetCurrent(nint context);

    [LibraryImport(Library, EntryPoint = "cuCtxSynchronize")]
    internal static partial int CtxSynchronize();

    [LibraryImport(Library, EntryPoint = "cuStreamCreate")]
    internal static partial int StreamCreate(nint* stream, uint flags);

    [LibraryImport(Library, EntryPoint = "cuStreamSynchronize")]
    internal static partial int StreamSynchronize(nint stream);

    [LibraryImport(Library, EntryPoint = "cuStreamDestroy_v2")]
    internal static partial int StreamDestroy(nint stream);

    [LibraryImport(Library, EntryPoint = "cuMemAlloc_v2")]
    internal static partial int MemAlloc(ulong* memory, nuint bytes);

    [LibraryImport(Library, EntryPoint = "cuMemFree_v2")]
    internal static partial int MemFree(ulong memory);

    [LibraryImport(Library, EntryPoint = "cuMemcpyHtoDAsync_v2")]
    internal static partial int MemcpyHtoDAsync(ulong destination, void* source, nuint bytes, nint stream);

    [LibraryImport(Library, EntryPoint = "cuMemcpyDtoHAsync_v2")]
    internal static partial int MemcpyDtoHAsync(void* destination, ulong source, nuint bytes, nint stream);

    [LibraryImport(Library, EntryPoint = "cuMemcpyDtoDAsync_v2")]
    internal static partial int MemcpyDtoDAsync(ulong destination, ulong source, nuint bytes, nint stream);

    [LibraryImport(Library, EntryPoint = "cuMemsetD8Async")]
    internal static partial int MemsetD8Async(ulong destination, byte value, nuint count, nint stream);

    [LibraryImport(Library, EntryPoint = "cuModuleLoadDataEx")]
    internal static partial int ModuleLoadDataEx(
        nint* module, void* image, uint optionCount, int* options, void** values);

    [LibraryImport(Library, EntryPoint = "cuModuleUnload")]
    internal static partial int ModuleUnload(nint module);

    [LibraryImport(Library, EntryPoint = "cuModuleGetFunction")]
    internal static partial int ModuleGetFunction(nint* function, nint module, byte* name);

    [LibraryImport(Library, EntryPoint = "cuFuncGetAttribute")]
    internal static partial int FuncGetAttribute(int* value, int attribute, nint function);

    [LibraryImport(Library, EntryPoint = "cuFuncSetAttribute")]
    internal static partial int FuncSetAttribute(nint function, int attribute, int value);

    /// <summary>Only drivers since CUDA 12.4 have it: see <see cref="HasParameterInfo"/>.</summary>
    [LibraryImport(Library, EntryPoint = "cuFuncGetParamInfo")]
    internal static partial int FuncGetParamInfo(nint function, nuint index, nuint* offset, nuint* bytes);

    [LibraryImport(Library, EntryPoint = "cuLaunchKernel")]
    internal static partial int LaunchKernel(
        nint function,
        uint gridX,
        uint gridY,
        uint gridZ,
        uint blockX,
        uint blockY,
        uint blockZ,
        uint sharedBytes,
        nint stream,
        void** parameters,
        void** extra);

    [LibraryImport(Library, EntryPoint = "cuOccupancyMaxActiveBlocksPerMultiprocessor")]
    internal static partial int OccupancyMaxActiveBlocksPerMultiprocessor(
        int* blocks, nint function, int blockSize, nuint sharedBytes);

    /// <summary>Whether the driver tells the parameters of a kernel.</summary>
    internal static bool HasParameterInfo =>
        Driver.Handle != 0 && NativeLibrary.TryGetExport(Driver.Handle, "cuFuncGetParamInfo", out _);

    /// <summary>Whether the driver is the tests' emulation, which says so by a function that no driver has. Its device is
    /// never taken for a GPU.</summary>
    internal static bool IsEmulation =>
        Driver.Handle != 0 && NativeLibrary.TryGetExport(Driver.Handle, "scoregpuEmulationInject", out _);

    private static string? WhyRefused(nint handle)
    {
        if (!Environment.Is64BitProcess)
        {
            return "this process is not a 64-bit one";
        }

        // The youngest of the functions above; it came with CUDA 11.0.
        return NativeLibrarySearch.LacksFunction(handle, "cuDevicePrimaryCtxRelease_v2") is null
            ? null
            : "the driver is older than CUDA 11.0; install a newer one";
    }
}
