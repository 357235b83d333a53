using System.Runtime.InteropServices;
using System.Text;
using ScoreGpu.Engine.Devices.Cuda.Native;

namespace ScoreGpu.Tests.Cuda;

/// <summary>The functions of the emulated driver that no real one has: tests break the device by them, and count what is
/// left in it. Process-wide, so users are in the collection <c>Alone</c>.</summary>
internal static unsafe class CudaEmulation
{
    /// <summary>Skips a test where the driver is a real one, or there is none.</summary>
    internal static void Require()
    {
        Assert.SkipUnless(
            CudaApi.IsEmulation, "only the emulation can be broken at will; CudaEmulationRunTests runs this on it");
        Collect();
    }

    /// <summary>Runs the finalisers of what a failed constructor of another test had made: it keeps the one context, and
    /// a context stays lost for as long as anything keeps it.</summary>
    internal static void Collect()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    /// <summary>Overrides a setting of <c>cuda.cpp</c> until the result is disposed of.</summary>
    internal static IDisposable Inject(string setting, long value)
    {
        Set(setting, value);
        return new Injection(setting);
    }

    /// <summary>What lives in the context.</summary>
    internal static EmulationCounts Count()
    {
        long* counts = stackalloc long[6];
        ((delegate* unmanaged<long*, void>)Export("scoregpuEmulationCount"))(counts);
        return new EmulationCounts(counts[0], counts[1], counts[2], counts[3], counts[4], counts[5]);
    }

    private static void Set(string setting, long value)
    {
        fixed (byte* name = Encoding.UTF8.GetBytes(setting + '\0'))
        {
            ((delegate* unmanaged<byte*, long, void>)Export("scoregpuEmulationInject"))(name, value);
        }
    }

    private static nint Export(string name) => NativeLibrary.GetExport(CudaApi.Driver.Handle, name);

    private sealed class Injection(string setting) : IDisposable
    {
        public void Dispose() => Set(setting, -1);
    }
}

/// <summary>What lives in the emulated context, and the most shared memory that one of its launches had.</summary>
internal readonly record struct EmulationCounts(
    long Users, long Streams, long Modules, long Buffers, long Bytes, long MostShared);
