using System.Numerics;
using ScoreGpu.Engine.Drawing;

namespace ScoreGpu.Engine.Verification.Reference;

/// <summary>Draws recorded trajectories by the formulas, in whole numbers of any size, pixel column by pixel column.</summary>
internal sealed class ReferenceRaster(int width, int height, CanvasView view, TrajectoryColouring colouring)
{
    private const int Farthest = 1 << 27;

    /// <summary>[height, width, 4].</summary>
    public ulong[] Sums { get; } = new ulong[width * height * 4];

    public long Skipped { get; private set; }

    /// <summary>Σ 128·length of all segments that are somewhere, in double.</summary>
    public double Weight { get; private set; }

    /// <param name="states">[rows + 1, count, dimension].</param>
    /// <param name="count">Trajectories.</param>
    /// <param name="dimension">The dimension of a state.</param>
    public void Draw(float[] states, int count, int dimension)
    {
        int rows = (states.Length / count / dimension) - 1;
        for (int n = 0; n < count; n++)
        {
            float[] end = states[(((rows * count) + n) * dimension)..][..dimension];
            for (int row = 0; row < rows; row++)
            {
                float[] from = states[(((row * count) + n) * dimension)..][..dimension];
                float[] to = states[((((row + 1) * count) + n) * dimension)..][..dimension];
                if (Place(from) is (int x0, int y0) && Place(to) is (int x1, int y1))
                {
                    Draw(x0, y0, x1, y1, row, rows, end);
                }
                else
                {
                    Skipped++;
                }
            }
        }
    }

    private static BigInteger Floor(BigInteger value, BigInteger divisor)
    {
        var quotient = BigInteger.DivRem(value, divisor, out var rest);
        return rest.Sign < 0 ? quotient - 1 : quotient;
    }

    private (int X, int Y)? Place(float[] state)
    {
        float scaleX = (float)(256 * width / (view.Right - view.Left));
        float offsetX = (float)(-view.Left * (256 * width / (view.Right - view.Left)));
        float scaleY = (float)(256 * height / (view.Top - view.Bottom));
        float offsetY = (float)(-view.Bottom * (256 * height / (view.Top - view.Bottom)));
        double x = MathF.Round(MathF.FusedMultiplyAdd(state[view.AxisX], scaleX, offsetX));
        double y = MathF.Round(MathF.FusedMultiplyAdd(state[view.AxisY], -scaleY, (256 * height) - offsetY));
        return Math.Abs(x) <= Farthest && Math.Abs(y) <= Farthest ? ((int)x, (int)y) : null;
    }

    private void Draw(int x0, int y0, int x1, int y1, int row, int rows, float[] end)
    {
        long dx = (long)x1 - x0;
        long dy = (long)y1 - y0;
        if (dx == 0 && dy == 0)
        {
            return;
        }

        Weight += 128 * Math.Sqrt(((double)dx * dx) + ((double)dy * dy)) / 256;
        bool alongX = Math.Abs(dx) >= Math.Abs(dy);
        (long a, long p, long b, long q) = alongX ? (x0, y0, x1, y1) : (y0, x0, y1, x1);
        if (a > b)
        {
            (a, p, b, q) = (b, q, a, p);
        }

        var slope = BigInteger.Divide((q - p) * (BigInteger.One << 32), b - a);
        long ratio = Math.Abs(q - p) * 4096 / (b - a);
        long gain = 4096 + (ratio * ratio * ((2056 * 4096) - (342 * ratio)) / (4096L * 4096 * 4096));
        var colour = Colour(row, rows, (b - a) * gain / 8192, end);
        int columns = alongX ? width : height;
        for (long i = 0; i < columns; i++)
        {
            long low = Math.Max(a, 256 * i);
            long high = Math.Min(b, (256 * i) + 256);
            if (low >= high)
            {
                continue;
            }

            long weight = ((high - a) * gain / 8192) - ((low - a) * gain / 8192);
            long side = p - 128 + (long)Floor((low + high - (2 * a)) * slope, BigInteger.One << 33);
            long pixel = (long)Floor(side, 256);
            long farther = ((weight * (side - (256 * pixel))) + 128) / 256;
            Add(alongX, i, pixel, weight - farther, colour);
            Add(alongX, i, pixel + 1, farther, colour);
        }
    }

    private CanvasColour Colour(int row, int rows, long weight, float[] end)
    {
        int entries = colouring.Palette.Count;
        switch (colouring)
        {
            case TimeColouring:
                return colouring.Palette[row * entries / rows];
            case SpeedColouring speed:
                long full = (long)Math.Round(128 * speed.FullPixels);
                return colouring.Palette[(int)Math.Min(entries - 1, weight * entries / full)];
            default:
                var centres = ((EndColouring)colouring).Centres;
                int nearest = entries - 1;
                double least = double.PositiveInfinity;
                for (int k = 0; k < entries - 1; k++)
                {
                    double distance = end.Select((x, d) => Math.Pow((double)x - centres[(k * end.Length) + d], 2)).Sum();
                    if (distance < least && float.IsFinite((float)distance))
                    {
                        (least, nearest) = (distance, k);
                    }
                }

                return colouring.Palette[nearest];
        }
    }

    private void Add(bool alongX, long column, long pixel, long weight, CanvasColour colour)
    {
        (long x, long y) = alongX ? (column, pixel) : (pixel, column);
        if (x >= 0 && x < width && y >= 0 && y < height)
        {
            long at = ((y * width) + x) * 4;
            Sums[at] += (ulong)weight;
            Sums[at + 1] += (ulong)weight * colour.First;
            Sums[at + 2] += (ulong)weight * colour.Second;
            Sums[at + 3] += (ulong)weight * colour.Third;
        }
    }
}
