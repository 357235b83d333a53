using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Kernels.Cpu;

namespace ScoreGpu.Tests.Conformance;

/// <summary>The CPU device with one width of vectors, and one, two and seven threads.</summary>
public abstract class CpuConformance(int vectorBits) : DeviceConformance
{
    // The default is two threads, so that pieces really run side by side.
    private static readonly int[] Threads = [2, 1, 7];

    protected override int Variants => Threads.Length;

    protected override IDevice Start(int variant)
    {
        var kernels = TileKernels.Supported.FirstOrDefault(kernels => kernels.VectorBits == vectorBits);
        Assert.SkipWhen(kernels is null, $"This processor has no {vectorBits}-bit vectors with fused multiply-add.");
        return new CpuDevice(kernels!, Threads[variant]);
    }
}

public sealed class Cpu512Conformance() : CpuConformance(512);

public sealed class Cpu256Conformance() : CpuConformance(256);

public sealed class Cpu128Conformance() : CpuConformance(128);
