using ScoreGpu.Kernels;
using ScoreGpu.Kernels.Cpu;

namespace ScoreGpu.Tests.Kernels;

public abstract unsafe partial class KernelTests<TSimd, TVector>
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(17)]
    [InlineData(64)]
    [InlineData(129)]
    public void Products_match_a_plain_loop(int depth)
    {
        for (int rows = 1; rows <= 13; rows++)
        {
            CompareStrides(rows, depth);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(31)]
    [InlineData(64)]
    [InlineData(130)]
    public void Transposes_move_every_element(int features)
    {
        foreach (int samples in new[] { 0, 1, 3, 4, 5, 62, 63, 64 })
        {
            int stride = features + 3;
            float[] rows = Draw(features, Tile.Width * stride);
            float[] tile = new float[(features * Tile.Width) + 1];
            Array.Fill(tile, float.NaN);
            fixed (float* source = rows, target = tile)
            {
                TransposeKernel.ToFeatureMajor(source, samples, stride, features, target);
            }

            for (int f = 0; f < features; f++)
            {
                for (int n = 0; n < Tile.Width; n++)
                {
                    Assert.Equal(n < samples ? rows[(n * stride) + f] : 0f, tile[(f * Tile.Width) + n]);
                }
            }

            Assert.True(float.IsNaN(tile[^1]));
        }

        int wide = features + 2;
        float[] whole = Draw(features + 1, features * Tile.Width);
        float[] back = new float[Tile.Width * wide];
        Array.Fill(back, -7f);
        fixed (float* source = whole, target = back)
        {
            TransposeKernel.ToSampleMajor(source, features, target, wide);
        }

        for (int n = 0; n < Tile.Width; n++)
        {
            for (int f = 0; f < wide; f++)
            {
                Assert.Equal(f < features ? whole[(f * Tile.Width) + n] : -7f, back[(n * wide) + f]);
            }
        }
    }

    [Fact]
    public void Element_kernels_match_plain_loops()
    {
        float[] a = Draw(1, 128);
        float[] b = Draw(2, 128);
        float[] c = Draw(3, 128);
        float[] product = [.. a];
        float[] sum = [.. a];
        fixed (float* p = product, s = sum, y = b, z = c)
        {
            ElementKernel.Multiply<TSimd, TVector>(p, y, p, 128);
            ElementKernel.AddProduct<TSimd, TVector>(s, y, z, y, 128);
            foreach (int columns in new[] { 16, 48, 64 })
            {
                double expected = b.Take(columns).Sum(value => (double)value);
                Assert.Equal(expected, ElementKernel.RowSum<TSimd, TVector>(y, columns), 1e-5);
            }
        }

        for (int i = 0; i < 128; i++)
        {
            Assert.Equal(a[i] * b[i], product[i]);
            Assert.Equal(a[i] + ((double)b[i] * c[i] * b[i]), sum[i], 3e-7);
        }

        for (int count = 0; count <= 40; count++)
        {
            float[] added = [.. a];
            fixed (float* y = added, x = b)
            {
                ElementKernel.Add<TSimd, TVector>(y, x, y, count);
            }

            for (int i = 0; i < 128; i++)
            {
                Assert.Equal(i < count ? a[i] + b[i] : a[i], added[i]);
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(67)]
    public void Adam_matches_double(int count)
    {
        float[] weights = Draw(1, count);
        float[] gradient = Draw(2, count, 1e-3);
        float[] first = Draw(3, count, 1e-3);
        float[] second = [.. Draw(4, count, 1e-6).Select(Math.Abs)];
        gradient[0] = 0;
        first[0] = 0;
        second[0] = 0;
        double[] start = [.. weights.Select(value => (double)value)];
        float[] m = [.. first];
        float[] v = [.. second];
        var step = new AdamRates(0.9f, 0.999f, (float)(1 - 0.9), (float)(1 - 0.999), 2e-3f, 3f, 1e-8f, 1e-3f, 0, 0);
        fixed (float* w = weights, g = gradient, p = m, q = v)
        {
            AdamKernel.Step<TSimd, TVector>(w, g, p, q, count, step, 0.5f);
        }

        for (int i = 0; i < count; i++)
        {
            double g = 0.5 * gradient[i];
            double mean = (0.9 * first[i]) + (0.1 * g);
            double square = (0.999 * second[i]) + (0.001 * g * g);
            Assert.Equal(mean, m[i], 1e-9);
            Assert.Equal(square, v[i], 1e-12);
            double expected = (0.999 * start[i]) - (2e-3 * mean / ((Math.Sqrt(square) * 3) + 1e-8));
            Assert.Equal(expected, weights[i], 2e-7);
        }

        Assert.Equal(0.999 * start[0], weights[0], 2e-7);
    }

    private static void CompareStrides(int rows, int depth)
    {
        // A is read along rows, along columns, and with gaps; B with rows of 64 and wider.
        (int Row, int Step)[] strides = [(depth, 1), (depth + 5, 1), (1, rows), (1, rows + 3)];
        foreach ((int aRow, int aStep) in strides)
        {
            foreach (int bStep in new[] { Tile.Width, Tile.Width + 16, 3 * Tile.Width })
            {
                Compare(rows, depth, aRow, aStep, bStep, Tile.Width, accumulate: false);
                Compare(rows, depth, aRow, aStep, bStep, Tile.Width, accumulate: true);
            }
        }

        // A tile that is partly filled: B and C packed.
        for (int columns = Tile.Step; columns < Tile.Width; columns += Tile.Step)
        {
            Compare(rows, depth, depth, 1, columns, columns, accumulate: false);
            Compare(rows, depth, depth, 1, columns, columns, accumulate: true);
        }
    }

    private static void Compare(int rows, int depth, int aRow, int aStep, int bStep, int columns, bool accumulate)
    {
        float[] a = Draw(rows, ((rows + 3) * (depth + 5)) + 1);
        float[] b = Draw(depth, Math.Max(1, depth * bStep));
        float[] bias = Draw(7, rows);
        int cRow = columns;
        float[] before = Draw(8, (rows + 1) * cRow);
        float[] c = [.. before];
        fixed (float* pa = a, pb = b, pc = c, pBias = bias)
        {
            DenseKernel.Multiply<TSimd, TVector>(
                rows, depth, pa, aRow, aStep, pb, bStep, accumulate ? null : pBias, pc, cRow, columns);
        }

        double worst = 0;
        for (int r = 0; r < rows; r++)
        {
            for (int n = 0; n < columns; n++)
            {
                double sum = accumulate ? before[(r * cRow) + n] : bias[r];
                for (int k = 0; k < depth; k++)
                {
                    sum += (double)a[(r * aRow) + (k * aStep)] * b[(k * bStep) + n];
                }

                worst = Math.Max(worst, Math.Abs(sum - c[(r * cRow) + n]));
            }
        }

        Assert.True(worst <= 1e-7 * (2 + depth), $"{rows} rows, depth {depth}: off by {worst:g3}");
        Assert.Equal(before[(rows * cRow)..], c[(rows * cRow)..]);
    }
}
