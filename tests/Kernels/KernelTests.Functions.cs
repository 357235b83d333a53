using ScoreGpu.Engine.Verification.Reference;
using ScoreGpu.Kernels;
using ScoreGpu.Kernels.Cpu;

namespace ScoreGpu.Tests.Kernels;

public abstract unsafe partial class KernelTests<TSimd, TVector>
{
    private delegate TVector VectorFunction(TVector x);

    [Fact]
    public void Exp_keeps_its_bound_over_the_whole_range()
    {
        double worst = 0;
        float at = 0;
        foreach (float x in Walk(0, uint.MaxValue, 9973))
        {
            // Beyond here both ends are exact: 0 and +∞ (or NaN), as the next test shows.
            if (x is >= -104f and <= 88.7228f)
            {
                Consider(x, One(VectorMath.Exp<TSimd, TVector>, x), Math.Exp(x), ref worst, ref at);
            }
        }

        // The edges again, closely: overflow, the first denormals, and around zero.
        foreach (float centre in new[] { 88.7228f, -87.3365f, -103.5f, 0.34657f, -0.34657f })
        {
            float x = centre;
            for (int i = 0; i < 20_000; i++, x = MathF.BitDecrement(x))
            {
                Consider(x, One(VectorMath.Exp<TSimd, TVector>, x), Math.Exp(x), ref worst, ref at);
            }
        }

        TestContext.Current.SendDiagnosticMessage($"exp {TSimd.Lanes * 32}: {worst:f3} ulp at {at:r}");
        Assert.True(worst <= 1, $"{worst:f3} ulp at {at:r}");
    }

    [Fact]
    public void Exp_has_the_usual_special_values()
    {
        Assert.Equal(1f, One(VectorMath.Exp<TSimd, TVector>, 0f));
        Assert.Equal(1f, One(VectorMath.Exp<TSimd, TVector>, -0f));
        Assert.Equal(1f, One(VectorMath.Exp<TSimd, TVector>, float.Epsilon));
        Assert.Equal(1f, One(VectorMath.Exp<TSimd, TVector>, -1e-39f));
        Assert.True(float.IsNaN(One(VectorMath.Exp<TSimd, TVector>, float.NaN)));
        foreach (float x in new[] { 88.7229f, 88.8f, 89f, 100f, 1e10f, float.MaxValue, float.PositiveInfinity })
        {
            Assert.Equal(float.PositiveInfinity, One(VectorMath.Exp<TSimd, TVector>, x));
        }

        foreach (float x in new[] { -104f, -105f, -106f, -1e10f, float.MinValue, float.NegativeInfinity })
        {
            Assert.Equal(0f, One(VectorMath.Exp<TSimd, TVector>, x));
        }
    }

    [Fact]
    public void Log_keeps_its_bound_over_the_normal_range()
    {
        double worst = 0;
        float at = 0;
        foreach (float x in Walk(0x0080_0000, 0x7f7f_ffff, 4999))
        {
            Consider(x, One(VectorMath.Log<TSimd, TVector>, x), Math.Log(x), ref worst, ref at);
        }

        float near = 1.001f;
        for (int i = 0; i < 30_000; i++, near = MathF.BitDecrement(near))
        {
            Consider(near, One(VectorMath.Log<TSimd, TVector>, near), Math.Log(near), ref worst, ref at);
        }

        Assert.Equal(0f, One(VectorMath.Log<TSimd, TVector>, 1f));
        TestContext.Current.SendDiagnosticMessage($"log {TSimd.Lanes * 32}: {worst:f3} ulp at {at:r}");
        Assert.True(worst <= 1, $"{worst:f3} ulp at {at:r}");
    }

    [Fact]
    public void Log_of_uniform_words_keeps_its_bound_up_to_one()
    {
        double worst = 0;
        uint* words = stackalloc uint[TSimd.Lanes];
        float* y = stackalloc float[TSimd.Lanes];
        foreach (uint word in Words())
        {
            Fill(words, word);
            TSimd.Store(y, VectorMath.LogOfUniform<TSimd, TVector>(words));
            double u = (word + 0.5) / 4294967296.0;

            // ln u next to 1 is taken without the rounding of u itself.
            double rest = (uint.MaxValue - word + 0.5) / 4294967296.0;
            double expected = rest < 1e-3 ? -rest - (rest * rest / 2) - (rest * rest * rest / 3) : Math.Log(u);
            worst = Math.Max(worst, Ulps(*y, expected));
        }

        TestContext.Current.SendDiagnosticMessage($"log of uniform {TSimd.Lanes * 32}: {worst:f3} ulp");
        Assert.True(worst <= 2.5, $"{worst:f3} ulp");
    }

    [Fact]
    public void Sine_and_cosine_of_a_turn_keep_their_bound()
    {
        double worst = 0;
        uint* words = stackalloc uint[TSimd.Lanes];
        float* y = stackalloc float[2 * TSimd.Lanes];
        foreach (uint word in Words())
        {
            Fill(words, word);
            VectorMath.SinCosTurn<TSimd, TVector>(words, out var sine, out var cosine);
            TSimd.Store(y, sine);
            TSimd.Store(y + TSimd.Lanes, cosine);
            double angle = word / 4294967296.0 * 2 * Math.PI;
            worst = Math.Max(worst, Math.Abs(*y - Math.Sin(angle)));
            worst = Math.Max(worst, Math.Abs(y[TSimd.Lanes] - Math.Cos(angle)));
        }

        TestContext.Current.SendDiagnosticMessage($"sin, cos {TSimd.Lanes * 32}: {worst:e2}");
        Assert.True(worst <= 1.2e-7, $"{worst:g3}");
    }

    /// <summary>
    /// The value relative to itself; both derivatives absolutely, over |x| ≤ 64 and within 3. Far left GELU's exponent is
    /// large and so is its rounding: there the value is held to 2e-7·(1 + 2|u|), with u of its definition.
    /// </summary>
    [Theory]
    [InlineData(Activation.Silu, 1.5e-7, 1e-6, 2e-7)]
    [InlineData(Activation.Tanh, 2e-7, 3e-7, 3e-7)]
    [InlineData(Activation.Relu, 0, 0, 0)]
    [InlineData(Activation.Gelu, 2e-7, 2e-7, 2e-7)]
    public void Activations_and_their_derivatives_match_double(Activation activation, double ofValue, double far, double near)
    {
        double[] worst = new double[3];
        float[] points = [.. Enumerable.Range(-6400, 12800).Select(i => i / 100f), 1e-30f, -1e-30f, 200f, -200f, 1e4f, -1e4f];
        points = [.. points, .. new float[Tile.Width - (points.Length % Tile.Width)]];
        float[] value = new float[points.Length];
        float[] again = new float[points.Length];
        float[] slope = new float[points.Length];
        float[] curvature = new float[points.Length];
        float[] slopeAlone = new float[points.Length];
        float[] inPlace = [.. points];
        fixed (float* x = points, y = value, z = again, first = slope, second = curvature, own = inPlace)
        {
            ActivationPass.Value<TSimd, TVector>(activation, x, y, points.Length);
            ActivationPass.WithTwoDerivatives<TSimd, TVector>(activation, x, z, first, second, points.Length);
            ActivationPass.Value<TSimd, TVector>(activation, own, own, points.Length);
        }

        Assert.Equal(value, inPlace);
        Assert.Equal(value, again);
        fixed (float* x = points, y = again, first = slopeAlone)
        {
            ActivationPass.WithDerivative<TSimd, TVector>(activation, x, y, first, points.Length);
        }

        Assert.Equal(value, again);
        Assert.Equal(slope, slopeAlone);
        var reference = ReferenceActivation.Of(activation);
        for (int i = 0; i < points.Length; i++)
        {
            double x = points[i];
            double expected = reference.Value(x);

            // Far left the value keeps its digits, down to the denormals.
            double scale = Math.Max(Math.Abs(expected), 1e-36);
            scale *= activation == Activation.Gelu && x < 0 ? 1 - (1.6 * x) - (0.0714 * x * x * x) : 1;
            worst[0] = Math.Max(worst[0], Math.Abs(value[i] - expected) / scale);
            double first = Math.Abs(slope[i] - reference.Slope(x));
            double second = Math.Abs(curvature[i] - reference.Curvature(x));
            worst[1] = Math.Max(worst[1], Math.Max(first, second));
            worst[2] = Math.Max(worst[2], Math.Abs(x) <= 3 ? Math.Max(first, second) : 0);
        }

        TestContext.Current.SendDiagnosticMessage(
            $"{activation} {TSimd.Lanes * 32}: {worst[0]:e2}; derivatives {worst[1]:e2}, {worst[2]:e2} inside");
        Assert.True(worst[0] <= ofValue, $"{activation} is off by {worst[0]:g3}");
        Assert.True(worst[1] <= far, $"a derivative is off by {worst[1]:g3}");
        Assert.True(worst[2] <= near, $"a derivative is off by {worst[2]:g3} for |x| ≤ 3");
    }

    [Theory]
    [InlineData(Activation.Silu)]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Relu)]
    [InlineData(Activation.Gelu)]
    public void Activations_have_the_usual_special_values(Activation activation)
    {
        float[] x = new float[Tile.Width];
        float[] y = new float[Tile.Width];
        float[] given = [float.NaN, float.PositiveInfinity, 1e30f, -1e30f, 0];
        given.CopyTo(x, 0);
        fixed (float* from = x, to = y)
        {
            ActivationPass.Value<TSimd, TVector>(activation, from, to, Tile.Width);
        }

        float most = activation == Activation.Tanh ? 1 : float.PositiveInfinity;
        Assert.Equal(
            [float.NaN, most, Math.Min(most, 1e30f), activation == Activation.Tanh ? -1 : 0, 0], y[..given.Length]);
    }

    [Fact]
    public void Normals_match_the_definition()
    {
        double[] expected = new double[7];
        float[] z = new float[7 * Tile.Width];
        double worst = 0;
        for (uint row = 0; row < 20; row++)
        {
            fixed (float* target = z)
            {
                NormalKernel.Fill<TSimd, TVector>(0x0123_4567_89ab_cdef, 0xffff_ffd0, row, 3, 7, target);
            }

            for (int n = 0; n < Tile.Width; n++)
            {
                NormalDraws.Fill(0x0123_4567_89ab_cdef, 0xffff_ffd0 + (uint)n, row, 3, expected);
                for (int d = 0; d < 7; d++)
                {
                    worst = Math.Max(worst, Math.Abs(z[(d * Tile.Width) + n] - expected[d]));
                }
            }
        }

        TestContext.Current.SendDiagnosticMessage($"normals {TSimd.Lanes * 32}: {worst:e2}");
        Assert.True(worst <= 1e-6, $"{worst:g3}");
    }

    private static float One(VectorFunction function, float x)
    {
        float* y = stackalloc float[TSimd.Lanes];
        TSimd.Store(y, function(TSimd.Broadcast(x)));
        return y[TSimd.Lanes - 1];
    }

    private static void Consider(float x, float actual, double expected, ref double worst, ref float at)
    {
        double ulps = Ulps(actual, expected);
        if (ulps > worst)
        {
            worst = ulps;
            at = x;
        }
    }

    /// <summary>The distance in units of the last place of the float32 nearest to the expected value.</summary>
    private static double Ulps(float actual, double expected)
    {
        float rounded = Math.Abs((float)expected);
        double unit = rounded < 1.17549435e-38f
            ? float.Epsilon
            : Math.ScaleB(1, Math.ILogB(rounded) - 23);
        double ulps = Math.Abs(actual - expected) / unit;
        return double.IsNaN(ulps) ? double.PositiveInfinity : ulps;
    }

    private static IEnumerable<float> Walk(uint first, uint last, uint stride)
    {
        for (ulong bits = first; bits <= last; bits += stride)
        {
            yield return BitConverter.UInt32BitsToSingle((uint)bits);
        }
    }

    private static IEnumerable<uint> Words()
    {
        for (ulong word = 0; word <= uint.MaxValue; word += 20011)
        {
            yield return (uint)word;
        }

        foreach (uint centre in new[] { 0u, 0x2000_0000u, 0x4000_0000u, 0x6000_0000u, 0x8000_0000u, 0xc000_0000u })
        {
            for (uint i = 0; i < 4000; i++)
            {
                yield return centre + i - 2000;
            }
        }
    }

    private static void Fill(uint* words, uint word) => new Span<uint>(words, TSimd.Lanes).Fill(word);
}
