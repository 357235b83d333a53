extern alias ilgpu;
using ilgpu::ScoreGpu.Ilgpu;
using ScoreGpu.Tests.Conformance;

namespace ScoreGpu.Tests.Ilgpu;

/// <summary>The functions that stand in for instructions of NVIDIA's devices, as C#.</summary>
public sealed class KernelMathTests
{
    [Fact]
    public void Tanh_is_good_to_a_float() => Require(KernelMath.Tanh, Math.Tanh, 20.0);

    [Fact]
    public void Sin_is_good_to_a_float() => Require(KernelMath.Sin, Math.Sin, 1000.0);

    [Fact]
    public void Cos_is_good_to_a_float() => Require(KernelMath.Cos, Math.Cos, 1000.0);

    [Fact]
    public void Tanh_keeps_its_digits_near_zero()
    {
        foreach (float x in (float[])[1e-30f, 1e-7f, -3e-4f, 0.01f, -0.3f, 0.62f])
        {
            Assert.Equal(1.0, KernelMath.Tanh(x) / Math.Tanh(x), 2e-7);
        }

        Assert.Equal(1f, KernelMath.Tanh(float.PositiveInfinity));
        Assert.Equal(-1f, KernelMath.Tanh(float.NegativeInfinity));
        Assert.True(float.IsNaN(KernelMath.Tanh(float.NaN)));
    }

    private static void Require(Func<float, float> function, Func<double, double> reference, double largest)
    {
        var random = new Random(5);
        float[] x = [.. Enumerable.Range(0, 100_000).Select(i =>
            (float)((random.NextDouble() - 0.5) * 2 * (i % 2 == 0 ? Math.PI : largest)))];
        Closeness.Require(
            "values", [.. x.Select(function)], [.. x.Select(value => reference(value))], 2e-7);
    }
}
