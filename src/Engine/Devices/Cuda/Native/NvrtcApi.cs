using System.Runtime.InteropServices;
using ScoreGpu.Engine.Devices.Native;

namespace ScoreGpu.Engine.Devices.Cuda.Native;

/// <summary>The functions of NVRTC, CUDA's compiler as a library, by their C names less the prefix.</summary>
internal static unsafe partial class NvrtcApi
{
    private const string Library = "nvrtc";

    static NvrtcApi() => NativeLibraries.Register(Library, Compiler);

    /// <summary>The search for NVRTC, which comes with a toolkit and not with the driver.</summary>
    public static NativeLibrarySearch Compiler { get; } = new("NVRTC", NvrtcPlaces.Candidates, WhyRefused);

    [LibraryImport(Library, EntryPoint = "nvrtcVersion")]
    internal static partial int Version(int* major, int* minor);

    [LibraryImport(Library, EntryPoint = "nvrtcGetErrorString")]
    internal static partial byte* GetErrorString(int code);

    [LibraryImport(Library, EntryPoint = "nvrtcGetNumSupportedArchs")]
    internal static partial int GetNumSupportedArchs(int* count);

    [LibraryImport(Library, EntryPoint = "nvrtcGetSupportedArchs")]
    internal static partial int GetSupportedArchs(int* archs);

    [LibraryImport(Library, EntryPoint = "nvrtcCreateProgram")]
    internal static partial int CreateProgram(
        nint* program, byte* source, byte* name, int headerCount, byte** headers, byte** includeNames);

    [LibraryImport(Library, EntryPoint = "nvrtcCompileProgram")]
    internal static partial int CompileProgram(nint program, int optionCount, byte** options);

    [LibraryImport(Library, EntryPoint = "nvrtcDestroyProgram")]
    internal static partial int DestroyProgram(nint* program);

    [LibraryImport(Library, EntryPoint = "nvrtcGetProgramLogSize")]
    internal static partial int GetProgramLogSize(nint program, nuint* bytes);

    [LibraryImport(Library, EntryPoint = "nvrtcGetProgramLog")]
    internal static partial int GetProgramLog(nint program, byte* log);

    [LibraryImport(Library, EntryPoint = "nvrtcGetCUBINSize")]
    internal static partial int GetCubinSize(nint program, nuint* bytes);

    [LibraryImport(Library, EntryPoint = "nvrtcGetCUBIN")]
    internal static partial int GetCubin(nint program, byte* cubin);

    [LibraryImport(Library, EntryPoint = "nvrtcGetPTXSize")]
    internal static partial int GetPtxSize(nint program, nuint* bytes);

    [LibraryImport(Library, EntryPoint = "nvrtcGetPTX")]
    internal static partial int GetPtx(nint program, byte* ptx);

    private static string? WhyRefused(nint handle)
    {
        if (NativeLibrarySearch.LacksFunction(handle, "nvrtcGetCUBIN", "nvrtcGetSupportedArchs") is not null)
        {
            return "it is older than CUDA 11.2";
        }

        // Not through the imports above: they would ask for the library that is being looked for.
        var version = (delegate* unmanaged<int*, int*, int>)NativeLibrary.GetExport(handle, "nvrtcVersion");
        int major = 0;
        int minor = 0;
        int driver = 0;
        if (version(&major, &minor) != CudaCode.Success)
        {
            return "it does not tell its version";
        }

        // A driver loads code of its own major version, whatever the minor one, and of older ones.
        return CudaApi.Driver.Handle != 0
            && CudaApi.DriverGetVersion(&driver) == CudaCode.Success
            && major > driver / 1000
            ? $"CUDA {major}.{minor} is newer than the driver's {driver / 1000}.{driver % 1000 / 10}"
            : null;
    }
}
