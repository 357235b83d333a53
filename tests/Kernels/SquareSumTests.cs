using ScoreGpu.Kernels.Cpu;

namespace ScoreGpu.Tests.Kernels;

public sealed unsafe class SquareSumTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(257)]
    [InlineData(4096)]
    public void Every_number_counts_once(int count)
    {
        var random = new Random(count);
        float[] values = [.. Enumerable.Range(0, count + 16).Select(_ => (float)((2 * random.NextDouble()) - 1))];
        double expected = 0;
        for (int i = 0; i < count; i++)
        {
            expected += (double)values[i] * values[i];
        }

        fixed (float* x = values)
        {
            Assert.Equal(expected, SquareSumKernel.Run(x, count), 1e-12 * (expected + 1));
        }
    }

    [Fact]
    public void Small_squares_survive_beside_large_ones_and_outside_single_precision()
    {
        // The squares are beyond float's range and precision.
        float[] values = [.. Enumerable.Repeat(1e-30f, 32), 1e30f, .. Enumerable.Repeat(3f, 32)];
        fixed (float* x = values)
        {
            Assert.Equal(1e60, SquareSumKernel.Run(x, values.Length), 1e54);
            Assert.Equal(32e-60, SquareSumKernel.Run(x, 32), 32e-66);
        }
    }
}
