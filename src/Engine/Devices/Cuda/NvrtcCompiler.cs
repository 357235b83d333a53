using System.Runtime.InteropServices;
using System.Text;
using ScoreGpu.Engine.Devices.Cuda.Native;
using ScoreGpu.Engine.Devices.Native;

namespace ScoreGpu.Engine.Devices.Cuda;

/// <summary>Compiles CUDA C++ to a cubin, which is machine code for one architecture, or to PTX, which any later device
/// takes. Needs a toolkit's NVRTC, but no device.</summary>
internal static unsafe class NvrtcCompiler
{
    private const int CompilationFailed = 6;

    /// <summary>Why there is no compiler, or null.</summary>
    public static string? WhyMissing => NvrtcApi.Compiler.WhyMissing is string missing
        ? $"{missing}; install the CUDA toolkit, or name the library in {NvrtcPlaces.Variable}"
        : null;

    /// <summary>The compiler's version, as in "12.9".</summary>
    public static string Version()
    {
        int major = 0;
        int minor = 0;
        Check(NvrtcApi.Version(&major, &minor), "nvrtcVersion");
        return $"{major}.{minor}";
    }

    /// <summary>The option that compiles for a device: its own architecture, or the newest that the compiler knows
    /// before it, as PTX for the driver to compile further.</summary>
    /// <param name="capability">The device's compute capability, as in 90 for 9.0.</param>
    /// <param name="supported">The capabilities that the compiler knows.</param>
    /// <exception cref="DeviceException">The device is older than all that the compiler knows.</exception>
    public static string ArchitectureOption(int capability, IReadOnlyCollection<int> supported)
    {
        if (supported.Contains(capability))
        {
            return $"--gpu-architecture=sm_{capability}";
        }

        int[] older = supported.Where(known => known < capability).ToArray();
        return older.Length > 0
            ? $"--gpu-architecture=compute_{older.Max()}"
            : throw new DeviceException(
                DeviceFailure.Unavailable,
                $"NVRTC compiles for compute capability {string.Join(", ", supported.Order())}; the device has "
                + $"{capability}. Name an older NVRTC in {NvrtcPlaces.Variable}.");
    }

    /// <summary>The compute capabilities that the compiler knows, as in 90 for 9.0.</summary>
    public static int[] SupportedArchitectures()
    {
        int count = 0;
        Check(NvrtcApi.GetNumSupportedArchs(&count), "nvrtcGetNumSupportedArchs");
        int[] architectures = new int[count];
        fixed (int* address = architectures)
        {
            Check(NvrtcApi.GetSupportedArchs(address), "nvrtcGetSupportedArchs");
        }

        return architectures;
    }

    /// <summary>Compiles source.</summary>
    /// <param name="source">CUDA C++.</param>
    /// <param name="options">The compiler's options, with <c>--gpu-architecture</c>: <c>sm_…</c> gives a cubin,
    /// <c>compute_…</c> gives PTX.</param>
    /// <returns>The cubin or PTX, and what the compiler said.</returns>
    /// <exception cref="DeviceException">There is no compiler, or the source does not compile; the message has the log.
    /// </exception>
    public static (byte[] Image, string Log) Compile(string source, IReadOnlyList<string> options)
    {
        if (WhyMissing is string missing)
        {
            throw new DeviceException(DeviceFailure.Unavailable, $"{missing}.");
        }

        using NvrtcProgramHandle program = Create(source);
        nint handle = program.DangerousGetHandle();
        int code = Run(handle, options);
        string log = Encoding.UTF8.GetString(Bytes(handle, NvrtcApi.GetProgramLogSize, NvrtcApi.GetProgramLog))
            .TrimEnd('\0', '\n');
        if (code != CudaCode.Success)
        {
            DeviceFailure failure = code == CompilationFailed ? DeviceFailure.BuildFailed : FailureOf(code);
            throw new CudaException(
                failure, code, NameOf(code), $"nvrtcCompileProgram with '{string.Join(' ', options)}'", "", log);
        }

        bool isMachineCode = options.Any(option => option.Contains("=sm_", StringComparison.Ordinal));
        byte[] image = isMachineCode
            ? Bytes(handle, NvrtcApi.GetCubinSize, NvrtcApi.GetCubin)
            : Bytes(handle, NvrtcApi.GetPtxSize, NvrtcApi.GetPtx);
        return (image, log);
    }

    private static NvrtcProgramHandle Create(string source)
    {
        nint program = 0;
        fixed (byte* text = Encoding.UTF8.GetBytes(source + '\0'), name = "kernels.cu\0"u8)
        {
            Check(NvrtcApi.CreateProgram(&program, text, name, 0, null, null), "nvrtcCreateProgram");
        }

        return new NvrtcProgramHandle(program);
    }

    private static int Run(nint program, IReadOnlyList<string> options)
    {
        nint[] texts = options.Select(Marshal.StringToCoTaskMemUTF8).ToArray();
        try
        {
            fixed (nint* address = texts)
            {
                return NvrtcApi.CompileProgram(program, texts.Length, (byte**)address);
            }
        }
        finally
        {
            Array.ForEach(texts, Marshal.FreeCoTaskMem);
        }
    }

    private static byte[] Bytes(nint program, SizeGetter size, ContentGetter content)
    {
        nuint count = 0;
        Check(size(program, &count), "nvrtcGet…Size");
        byte[] bytes = new byte[checked((int)count)];
        fixed (byte* address = bytes)
        {
            if (count > 0)
            {
                Check(content(program, address), "nvrtcGet…");
            }
        }

        return bytes;
    }

    private static void Check(int code, string call)
    {
        if (code != CudaCode.Success)
        {
            throw new CudaException(FailureOf(code), code, NameOf(code), call);
        }
    }

    // 1 is out of memory and 5 an invalid option; the others are the compiler's own faults.
    private static DeviceFailure FailureOf(int code) => code switch
    {
        1 => DeviceFailure.OutOfMemory,
        5 => DeviceFailure.BuildFailed,
        _ => DeviceFailure.Other,
    };

    private static string NameOf(int code) =>
        Marshal.PtrToStringUTF8((nint)NvrtcApi.GetErrorString(code)) ?? "an unknown error";

    private delegate int SizeGetter(nint program, nuint* bytes);

    private delegate int ContentGetter(nint program, byte* content);
}
