using ScoreGpu.Engine.Devices.Kernel;
using ScoreGpu.Kernels.Gpu;

namespace ScoreGpu.Tests.Conformance;

/// <summary>The kernels that measure a machine: a rate is worth something only if the work was done.</summary>
public abstract partial class KernelConformance
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    [InlineData(3, 5)]
    public void Multiply_adds_are_all_done(int groups, int rounds)
    {
        const float factor = 0.9990f;
        const float offset = 0.125f;
        var shape = new LaunchShape(groups, MultiplyAddRateKernel.GroupSize);
        int items = groups * shape.GroupSize;
        using KernelMachine machine = StartMachine();
        using DeviceArray<float> sums = machine.Allocate<float>(items);

        MultiplyAddRate.Launch(machine, shape, sums.View, factor, offset, rounds);

        float[] actual = new float[items];
        sums.Read(actual);
        for (int item = 0; item < items; item++)
        {
            double expected = 0;
            for (int c = 0; c < 16; c++)
            {
                double x = (1 + item + c) / 1024.0;
                for (int step = 0; step < MultiplyAddRateKernel.PerRound / 16 * rounds; step++)
                {
                    x = (factor * x) + offset;
                }

                expected += x;
            }

            Assert.Equal(1.0, actual[item] / expected, 1e-5);
        }
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1, 1)]
    [InlineData(3, 5)]
    [InlineData(1, 300)]
    public void Reads_of_local_memory_are_all_done(int groups, int rounds)
    {
        var shape = new LaunchShape(groups, LocalMemoryRateKernel.GroupSize);
        int items = groups * shape.GroupSize;
        using KernelMachine machine = StartMachine();
        using DeviceArray<float> sums = machine.Allocate<float>(items);

        LocalMemoryRate.Launch(machine, shape, sums.View, rounds);

        float[] actual = new float[items];
        sums.Read(actual);
        double[] expected = new double[items];
        for (int item = 0; item < items; item++)
        {
            for (int round = 0; round < rounds; round++)
            {
                for (int c = 0; c < LocalMemoryRateKernel.PerRound; c++)
                {
                    expected[item] += (1 + (256 * c) + ((item + round) % 256)) / 1024.0;
                }
            }
        }

        Closeness.Require("sums", actual, expected, 1e-5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(257)]
    [InlineData(5000)]
    public void Copies_are_whole(int count)
    {
        var random = new Random(count);
        float[] values = [.. Enumerable.Range(0, count).Select(_ => random.NextSingle())];
        using KernelMachine machine = StartMachine();
        using DeviceArray<float> x = machine.Copy<float>(values);
        using DeviceArray<float> y = machine.Allocate<float>(count);
        y.Clear();

        MemoryCopy.Launch(machine, new LaunchShape(2, MemoryCopyKernel.GroupSize), x.View, y.View);

        float[] actual = new float[count];
        y.Read(actual);
        Assert.Equal(values, actual);
    }
}
