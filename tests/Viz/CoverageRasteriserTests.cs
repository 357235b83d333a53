using ScoreGpu.Viz.Drawing;
using ScoreGpu.Viz.Png;

namespace ScoreGpu.Tests.Viz;

public sealed class CoverageRasteriserTests
{
    private static readonly PixelRect s_page = new(0, 0, 64, 48);

    [Fact]
    public void Coverage_adds_up_to_a_polygons_area()
    {
        Point2[] triangle = [new(3.3, 2.1), new(50.7, 11.9), new(20.2, 44.6)];
        double area = 0;
        for (int i = 0; i < 3; i++)
        {
            Point2 a = triangle[i];
            Point2 b = triangle[(i + 1) % 3];
            area += ((a.X * b.Y) - (b.X * a.Y)) / 2;
        }

        Assert.Equal(Math.Abs(area), Cover(triangle).Sum(), 0.5);
    }

    [Fact]
    public void Rectangle_covers_each_pixel_by_its_share()
    {
        Point2[] rectangle = [new(1.25, 1), new(3.5, 1), new(3.5, 2.5), new(1.25, 2.5)];
        float[] coverage = Cover(rectangle);
        Assert.Equal([0f, 0.75f, 1f, 0.5f, 0f], coverage[64..69]);
        Assert.Equal([0f, 0.375f, 0.5f, 0.25f, 0f], coverage[128..133]);
        Assert.Equal(2.25 * 1.5, coverage.Sum(), 1e-5);
    }

    [Fact]
    public void Circle_has_its_area()
    {
        var circle = new Point2[360];
        for (int i = 0; i < 360; i++)
        {
            double angle = i * Math.PI / 180;
            circle[i] = new Point2(30.3 + (15 * Math.Cos(angle)), 22.8 + (15 * Math.Sin(angle)));
        }

        Assert.Equal(Math.PI * 225, Cover(circle).Sum(), 0.3);
    }

    [Fact]
    public void Overlaps_of_one_orientation_count_once()
    {
        Point2[] a = [new(2, 2), new(12, 2), new(12, 12), new(2, 12)];
        Point2[] b = [new(7, 7), new(17, 7), new(17, 17), new(7, 17)];
        Assert.Equal(175, Cover(a, b).Sum(), 1e-3);
    }

    [Fact]
    public void Opposite_orientation_cuts_a_hole()
    {
        Point2[] outer = [new(2, 2), new(22, 2), new(22, 22), new(2, 22)];
        Point2[] hole = [new(7, 7), new(7, 17), new(17, 17), new(17, 7)];
        float[] coverage = Cover(outer, hole);
        Assert.Equal(300, coverage.Sum(), 1e-3);
        Assert.Equal(0, coverage[(10 * 64) + 10]);
    }

    [Fact]
    public void Shared_edges_of_a_union_show_no_seam()
    {
        Point2[] left = [new(2, 2), new(10.4, 2), new(10.4, 8), new(2, 8)];
        Point2[] right = [new(10.4, 2), new(20, 2), new(20, 8), new(10.4, 8)];
        Assert.Equal(1f, Cover(left, right)[(4 * 64) + 10], 1e-5f);
    }

    [Fact]
    public void Nothing_is_reported_outside_the_clip()
    {
        var rasteriser = new CoverageRasteriser();
        rasteriser.Add([new(-1e5, -1e5), new(1e5, -1e5), new(1e5, 1e5), new(-1e5, 1e5)]);
        double sum = 0;
        rasteriser.Flush(new PixelRect(5, 6, 9, 8), (y, left, coverage) =>
        {
            Assert.InRange(y, 6, 7);
            Assert.Equal(5, left);
            Assert.Equal(4, coverage.Length);
            foreach (float share in coverage)
            {
                sum += share;
            }
        });
        Assert.Equal(8, sum, 1e-6);
    }

    [Fact]
    public void Flush_forgets_what_it_reported()
    {
        var rasteriser = new CoverageRasteriser();
        rasteriser.Add([new(1, 1), new(4, 1), new(4, 4)]);
        rasteriser.Flush(s_page, (_, _, _) => { });
        rasteriser.Flush(s_page, (_, _, _) => Assert.Fail("There was nothing left to report."));
    }

    [Theory]
    [InlineData(false, 40.0 * 6)]
    [InlineData(true, (40.0 * 6) + (Math.PI * 9))]
    public void Stroke_covers_its_length_times_its_width_and_caps(bool roundCaps, double area)
    {
        var rasteriser = new CoverageRasteriser();
        Stroker.Add(rasteriser, [new(10, 20), new(34, 20), new(50, 20)], closed: false, width: 6, roundCaps);
        Assert.Equal(area, Sum(rasteriser), 0.5);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(-1)]
    public void Round_join_fills_the_outer_wedge(int side)
    {
        var rasteriser = new CoverageRasteriser();
        Point2[] corner = [new(10, 24), new(30, 24), new(30, 24 + (side * 15))];
        Stroker.Add(rasteriser, corner, closed: false, width: 8, roundCaps: false);

        // Two boxes that share a quarter of a square of half the width, and a quarter disc in the corner outside.
        Assert.Equal((20 * 8) + (15 * 8) - 16 + (Math.PI * 16 / 4), Sum(rasteriser), 0.5);
    }

    [Fact]
    public void Dashes_draw_their_share_of_a_line()
    {
        double drawn = 0;
        foreach (List<Point2> piece in Dasher.Cut([new(0, 0), new(30, 40), new(30, 90)], closed: false, [6, 4]))
        {
            for (int i = 1; i < piece.Count; i++)
            {
                drawn += (piece[i] - piece[i - 1]).Length;
            }
        }

        Assert.Equal(60, drawn, 1e-9);
    }

    private static float[] Cover(params Point2[][] polygons)
    {
        var rasteriser = new CoverageRasteriser();
        foreach (Point2[] polygon in polygons)
        {
            rasteriser.Add(polygon);
        }

        float[] page = new float[s_page.Width * s_page.Height];
        rasteriser.Flush(s_page, (y, left, coverage) => coverage.CopyTo(page.AsSpan((y * s_page.Width) + left)));
        return page;
    }

    private static double Sum(CoverageRasteriser rasteriser)
    {
        double sum = 0;
        rasteriser.Flush(s_page, (_, _, coverage) =>
        {
            foreach (float share in coverage)
            {
                sum += share;
            }
        });
        return sum;
    }
}
