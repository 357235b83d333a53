using System.Diagnostics;
using ScoreGpu.Engine.Devices.Native;

namespace ScoreGpu.Tests.Accelerators;

/// <summary>Whether memory and handles stay the same through many rounds; a sealed class a device says how it is
/// opened. </summary>
public abstract class AcceleratorLeaks
{
    private const int Rounds = 10_000;
    private const int Count = 4096;
    private const long Tolerance = 48L << 20;

    [Fact]
    public void Ten_thousand_rounds_of_buffers_and_kernels_leave_nothing_behind()
    {
        using Accelerator device = Open();
        using AcceleratorProgram program = device.Compile(TestSource.For(device, TestSource.Add));
        float[] ones = Enumerable.Repeat(1f, Count).ToArray();
        AssertSteady(Rounds, () =>
        {
            using AcceleratorBuffer<float> a = device.Allocate<float>(ones);
            using AcceleratorBuffer<float> sum = device.Allocate<float>(Count);
            using AcceleratorKernel kernel = program.Kernel("add");
            kernel.Launch(1, 64, new KernelArguments().Add(a).Add(a).Add(sum).Add(64));
            float[] first = new float[1];
            sum.Read(first);
            Assert.Equal(2f, first[0]);
        });
        Assert.Equal(0, device.AllocatedBytes);
    }

    [Fact]
    public void Buffers_that_nobody_disposes_of_are_released_in_the_end()
    {
        using Accelerator device = Open();
        AssertSteady(2000, () => device.Allocate<float>(Count).Clear());
        Collect();
        Assert.Equal(0, device.AllocatedBytes);
    }

    [Fact]
    public void Contexts_and_programs_leave_nothing_behind()
    {
        AssertSteady(100, () =>
        {
            using Accelerator device = Open();
            using AcceleratorProgram program = device.Compile(TestSource.For(device, TestSource.Add));
            using AcceleratorKernel kernel = program.Kernel("add");
            using AcceleratorBuffer<float> buffer = device.Allocate<float>([1f]);
            kernel.Launch(1, 64, new KernelArguments().Add(buffer).Add(buffer).Add(buffer).Add(1));
            Assert.Equal([2f], buffer.ToArray());
        });
    }

    /// <summary>Opens the device, or skips the test with the reason.</summary>
    private protected abstract Accelerator Open();

    private static void AssertSteady(int rounds, Action round)
    {
        // The first tenth fills pools and compiles methods.
        for (int i = 0; i < rounds / 10; i++)
        {
            round();
        }

        (long bytes, int handles) = Measure();
        for (int i = 0; i < rounds; i++)
        {
            round();
        }

        (long bytesAfter, int handlesAfter) = Measure();
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{rounds} rounds: {bytes} -> {bytesAfter} bytes, {handles} -> {handlesAfter} handles");
        Assert.InRange(handlesAfter, 0, handles + 3);
        Assert.InRange(bytesAfter, 0, bytes + Tolerance);
    }

    private static (long Bytes, int Handles) Measure()
    {
        Collect();
        using Process process = Process.GetCurrentProcess();
        int handles = Directory.Exists("/proc/self/fd")
            ? Directory.GetFileSystemEntries("/proc/self/fd").Length
            : process.HandleCount;
        return (process.WorkingSet64, handles);
    }

    private static void Collect()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }
}
