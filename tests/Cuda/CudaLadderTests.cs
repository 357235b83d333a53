using ScoreGpu.Engine.Benchmarks.Ladder;
using ScoreGpu.Engine.Devices.Kernel;
using ScoreGpu.Tests.Benchmarks.Ladder;

namespace ScoreGpu.Tests.Cuda;

/// <summary>The rungs of the ladder on CUDA.</summary>
public sealed class CudaLadderTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(257)]
    public void Rungs_are_right(int batch)
    {
        using KernelDevice device = new(new AcceleratorMachine(CudaTestDevice.Open()));
        LadderRungTests.RequireRight(device, new LadderSubject(3, steps: 2), batch);
        LadderRungTests.RequireRight(device, new LadderSubject(4, width: 18, steps: 2), batch);
    }
}
