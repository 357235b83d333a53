using System.Runtime.InteropServices;
using ScoreGpu.Engine.Devices.Native;

namespace ScoreGpu.Engine.Devices.OpenCl.Native;

/// <summary>The functions of OpenCL 1.2 that the engine calls, by their C names less the prefix. Each returns, or
/// stores, a code that <see cref="OpenClCode.Check"/> looks at.</summary>
internal static unsafe partial class OpenClApi
{
    private const string Library = "OpenCL";

    static OpenClApi() => NativeLibraries.Register(Library, Loader);

    /// <summary>The search for the loader that finds the vendors' drivers.</summary>
    public static NativeLibrarySearch Loader { get; } = new(
        "the OpenCL loader",
        Candidates,
        handle => NativeLibrarySearch.LacksFunction(handle, "clGetPlatformIDs", "clEnqueueFillBuffer"));

    [LibraryImport(Library, EntryPoint = "clGetPlatformIDs")]
    internal static partial int GetPlatformIDs(uint entries, nint* platforms, uint* count);

    [LibraryImport(Library, EntryPoint = "clGetPlatformInfo")]
    internal static partial int GetPlatformInfo(nint platform, uint name, nuint size, void* value, nuint* sizeUsed);

    [LibraryImport(Library, EntryPoint = "clGetDeviceIDs")]
    internal static partial int GetDeviceIDs(nint platform, ulong type, uint entries, nint* devices, uint* count);

    [LibraryImport(Library, EntryPoint = "clGetDeviceInfo")]
    internal static partial int GetDeviceInfo(nint device, uint name, nuint size, void* value, nuint* sizeUsed);

    [LibraryImport(Library, EntryPoint = "clCreateContext")]
    internal static partial OpenClContextHandle CreateContext(
        nint* properties, uint count, nint* devices, nint notify, nint data, out int code);

    [LibraryImport(Library, EntryPoint = "clReleaseContext")]
    internal static partial int ReleaseContext(nint context);

    [LibraryImport(Library, EntryPoint = "clCreateCommandQueue")]
    internal static partial OpenClQueueHandle CreateCommandQueue(
        OpenClContextHandle context, nint device, ulong properties, out int code);

    [LibraryImport(Library, EntryPoint = "clReleaseCommandQueue")]
    internal static partial int ReleaseCommandQueue(nint queue);

    [LibraryImport(Library, EntryPoint = "clFinish")]
    internal static partial int Finish(OpenClQueueHandle queue);

    [LibraryImport(Library, EntryPoint = "clCreateBuffer")]
    internal static partial OpenClMemoryHandle CreateBuffer(
        OpenClContextHandle context, ulong flags, nuint size, void* host, out int code);

    [LibraryImport(Library, EntryPoint = "clReleaseMemObject")]
    internal static partial int ReleaseMemObject(nint memory);

    [LibraryImport(Library, EntryPoint = "clEnqueueReadBuffer")]
    internal static partial int EnqueueReadBuffer(
        OpenClQueueHandle queue,
        OpenClMemoryHandle buffer,
        uint blocking,
        nuint offset,
        nuint size,
        void* destination,
        uint waitCount,
        nint* waitFor,
        nint* done);

    [LibraryImport(Library, EntryPoint = "clEnqueueWriteBuffer")]
    internal static partial int EnqueueWriteBuffer(
        OpenClQueueHandle queue,
        OpenClMemoryHandle buffer,
        uint blocking,
        nuint offset,
        nuint size,
        void* source,
        uint waitCount,
        nint* waitFor,
        nint* done);

    [LibraryImport(Library, EntryPoint = "clEnqueueCopyBuffer")]
    internal static partial int EnqueueCopyBuffer(
        OpenClQueueHandle queue,
        OpenClMemoryHandle source,
        OpenClMemoryHandle destination,
        nuint sourceOffset,
        nuint destinationOffset,
        nuint size,
        uint waitCount,
        nint* waitFor,
        nint* done);

    [LibraryImport(Library, EntryPoint = "clEnqueueFillBuffer")]
    internal static partial int EnqueueFillBuffer(
        OpenClQueueHandle queue,
        OpenClMemoryHandle buffer,
        void* pattern,
        nuint patternSize,
        nuint offset,
        nuint size,
        uint waitCount,
        nint* waitFor,
        nint* done);

    [LibraryImport(Library, EntryPoint = "clCreateProgramWithSource")]
    internal static partial OpenClProgramHandle CreateProgramWithSource(
        OpenClContextHandle context, uint count, byte** strings, nuint* lengths, out int code);

    [LibraryImport(Library, EntryPoint = "clCreateProgramWithBinary")]
    internal static partial OpenClProgramHandle CreateProgramWithBinary(
        OpenClContextHandle context,
        uint count,
        nint* devices,
        nuint* lengths,
        byte** binaries,
        int* binaryCodes,
        out int code);

    [LibraryImport(Library, EntryPoint = "clBuildProgram")]
    internal static partial int BuildProgram(
        OpenClProgramHandle program, uint count, nint* devices, byte* options, nint notify, nint data);

    [LibraryImport(Library, EntryPoint = "clGetProgramInfo")]
    internal static partial int GetProgramInfo(
        OpenClProgramHandle program, uint name, nuint size, void* value, nuint* sizeUsed);

    [LibraryImport(Library, EntryPoint = "clGetProgramBuildInfo")]
    internal static partial int GetProgramBuildInfo(
        OpenClProgramHandle program, nint device, uint name, nuint size, void* value, nuint* sizeUsed);

    [LibraryImport(Library, EntryPoint = "clReleaseProgram")]
    internal static partial int ReleaseProgram(nint program);

    [LibraryImport(Library, EntryPoint = "clCreateKernel")]
    internal static partial OpenClKernelHandle CreateKernel(OpenClProgramHandle program, byte* name, out int code);

    [LibraryImport(Library, EntryPoint = "clGetKernelInfo")]
    internal static partial int GetKernelInfo(
        OpenClKernelHandle kernel, uint name, nuint size, void* value, nuint* sizeUsed);

    [LibraryImport(Library, EntryPoint = "clGetKernelWorkGroupInfo")]
    internal static partial int GetKernelWorkGroupInfo(
        OpenClKernelHandle kernel, nint device, uint name, nuint size, void* value, nuint* sizeUsed);

    [LibraryImport(Library, EntryPoint = "clSetKernelArg")]
    internal static partial int SetKernelArg(OpenClKernelHandle kernel, uint index, nuint size, void* value);

    [LibraryImport(Library, EntryPoint = "clReleaseKernel")]
    internal static partial int ReleaseKernel(nint kernel);

    [LibraryImport(Library, EntryPoint = "clEnqueueNDRangeKernel")]
    internal static partial int EnqueueNDRangeKernel(
        OpenClQueueHandle queue,
        OpenClKernelHandle kernel,
        uint dimensions,
        nuint* globalOffset,
        nuint* globalSize,
        nuint* localSize,
        uint waitCount,
        nint* waitFor,
        nint* done);

    private static IEnumerable<string> Candidates()
    {
        if (OperatingSystem.IsWindows())
        {
            return ["OpenCL.dll"];
        }

        return OperatingSystem.IsMacOS()
            ? ["/System/Library/Frameworks/OpenCL.framework/OpenCL"]
            : ["libOpenCL.so.1", "libOpenCL.so"];
    }
}
