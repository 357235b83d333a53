using ScoreGpu.Kernels;
using ScoreGpu.Kernels.Cpu;

namespace ScoreGpu.Tests.Kernels;

/// <summary>What a line of <see cref="SegmentLine"/> is, seen in the pixels that it leaves.</summary>
public sealed unsafe class SegmentTests
{
    private const int Width = 150;
    private const int Height = 140;
    private const int Channels = SegmentKernel.Channels;

    [Fact]
    public void A_line_through_pixel_centres_weighs_128_a_pixel()
    {
        ulong[] image = Draw(new Segment(256 * 3, (256 * 5) + 128, 256 * 7, (256 * 5) + 128, 0x030201));
        for (int pixel = 0; pixel < Width * Height; pixel++)
        {
            ulong weight = pixel / Width == 5 && pixel % Width is >= 3 and < 7 ? 128UL : 0;
            Assert.Equal([weight, weight, 2 * weight, 3 * weight], image[(4 * pixel)..((4 * pixel) + 4)]);
        }
    }

    [Fact]
    public void A_line_between_two_rows_is_shared_and_its_ends_are_parts_of_pixels()
    {
        // From a quarter into pixel 3 to three quarters of pixel 4, a quarter of the way from row 7's centre to row 8's.
        ulong[] image = Draw(new Segment((256 * 3) + 64, (256 * 7) + 192, (256 * 4) + 192, (256 * 7) + 192, 0));
        Assert.Equal(72UL, Weight(image, 3, 7));
        Assert.Equal(24UL, Weight(image, 3, 8));
        Assert.Equal(72UL, Weight(image, 4, 7));
        Assert.Equal(24UL, Weight(image, 4, 8));
        Assert.Equal(192UL, Total(image));
    }

    [Fact]
    public void A_diagonal_weighs_its_length()
    {
        ulong[] image = Draw(new Segment(256 * 10, 256 * 20, 256 * 110, 256 * 120, 0));
        Assert.Equal(128 * 100 * Math.Sqrt(2), Total(image), 128 * 100 * Math.Sqrt(2) * 0.004);
        Assert.Equal(181.0, Weight(image, 60, 70), 1.0);
        Assert.Equal(0UL, Weight(image, 60, 72));
    }

    [Fact]
    public void Any_line_weighs_its_length_and_balances_in_its_middle()
    {
        var random = new Random(1);
        for (int i = 0; i < 500; i++)
        {
            int reach = i % 3 == 0 ? 300 : 30_000;
            int x0 = 1000 + random.Next(reach);
            int y0 = 1000 + random.Next(reach);
            int x1 = 1000 + random.Next(reach);
            int y1 = 1000 + random.Next(reach);
            ulong[] image = Draw(new Segment(x0, y0, x1, y1, 0));
            Assert.True(image.AsSpan().SequenceEqual(Draw(new Segment(x1, y1, x0, y0, 0))));
            double length = Math.Sqrt(Math.Pow(x1 - x0, 2) + Math.Pow(y1 - y0, 2)) / 256;
            double weight = Total(image);
            Assert.Equal(SegmentLine.Between(x0, y0, x1, y1).Weight, weight);
            Assert.InRange(weight, (0.996 * 128 * length) - 1, 1.004 * 128 * length);
            if (length > 1)
            {
                // A column's weight is rounded, and stands at its centre whatever part of it the line passes.
                (double x, double y) = Centre(image, weight);
                Assert.Equal((x0 + x1) / 512.0, x, 0.6 / length + 0.02);
                Assert.Equal((y0 + y1) / 512.0, y, 0.6 / length + 0.02);
            }
        }
    }

    [Fact]
    public void A_line_does_not_depend_on_windows_and_is_cut_off_at_the_edges()
    {
        var random = new Random(2);
        for (int i = 0; i < 300; i++)
        {
            int reach = i % 4 == 0 ? CanvasShape.Farthest : 60_000;
            var segment = new Segment(Anywhere(reach), Anywhere(reach), Anywhere(reach), Anywhere(reach), 0x010101);
            ulong[] whole = Draw(segment);

            // The windows' origins are where other windows' middles are.
            Assert.True(whole.AsSpan().SequenceEqual(Draw(segment, 37, 50)));

            // Moved by whole pixels, the picture moves: 40 to the left and 30 up.
            ulong[] moved = Draw(new Segment(
                segment.X0 - (256 * 40), segment.Y0 - (256 * 30), segment.X1 - (256 * 40), segment.Y1 - (256 * 30), 0x010101));
            for (int y = 0; y < Height - 30; y++)
            {
                var row = whole.AsSpan((((y + 30) * Width) + 40) * Channels, (Width - 40) * Channels);
                Assert.True(row.SequenceEqual(moved.AsSpan(y * Width * Channels, (Width - 40) * Channels)));
            }
        }

        int Anywhere(int reach) => (int)((random.NextInt64(2L * reach) - reach) / 2) + 10_000;
    }

    [Fact]
    public void Places_are_those_of_the_scalar_rule_and_nowhere_beyond_it()
    {
        float[] x =
        [
            float.NaN, float.PositiveInfinity, float.NegativeInfinity, 0f, -0f, 0.5f, 1.5f, 2.5f, -0.5f, 1e30f, -1e30f,
            CanvasShape.Farthest, CanvasShape.Farthest + 16f, -CanvasShape.Farthest, -CanvasShape.Farthest - 16f,
            2147483648f, -2147483648f, .. Enumerable.Range(0, 47).Select(i => (i - 20) * 1.37f),
        ];
        foreach ((float scale, float offset) in new[] { (1f, 0f), (320.123f, 998.7f), (-0.37f, 0.1f), (1e-3f, -77777f) })
        {
            int[] places = new int[Tile.Width];
            fixed (float* from = x)
            fixed (int* to = places)
            {
                SegmentKernel.Place(from, scale, offset, to);
            }

            for (int n = 0; n < Tile.Width; n++)
            {
                Assert.Equal(CanvasShape.Place(x[n], scale, offset), places[n]);
                double exact = Math.Round((float)(((double)x[n] * scale) + offset));
                Assert.Equal(Math.Abs(exact) <= CanvasShape.Farthest ? exact : int.MinValue, places[n]);
            }
        }
    }

    /// <summary>Draws the windows one after another, the first of them cut off.</summary>
    private static ulong[] Draw(Segment segment, int firstWidth = 64, int firstHeight = 64)
    {
        ulong[] image = new ulong[Width * Height * Channels];
        fixed (ulong* sums = image)
        fixed (uint* window = new uint[SegmentKernel.WindowWords])
        {
            for (int top = 0, bottom = firstHeight; top < Height; top = bottom, bottom = Math.Min(top + 64, Height))
            {
                for (int left = 0, right = firstWidth; left < Width; left = right, right = Math.Min(left + 64, Width))
                {
                    SegmentKernel.Draw([segment], left, top, window);
                    ulong* target = sums + (((top * Width) + left) * Channels);
                    SegmentKernel.Empty(window, target, Width, right - left, bottom - top);
                }
            }
        }

        return image;
    }

    private static ulong Weight(ulong[] image, int x, int y) => image[((y * Width) + x) * Channels];

    private static double Total(ulong[] image)
    {
        double total = 0;
        for (int i = 0; i < image.Length; i += Channels)
        {
            total += image[i];
        }

        return total;
    }

    private static (double X, double Y) Centre(ulong[] image, double weight)
    {
        double sumX = 0;
        double sumY = 0;
        for (int y = 0; y < Height; y++)
        {
            for (int x = 0; x < Width; x++)
            {
                sumX += Weight(image, x, y) * (x + 0.5);
                sumY += Weight(image, x, y) * (y + 0.5);
            }
        }

        return (sumX / weight, sumY / weight);
    }
}
