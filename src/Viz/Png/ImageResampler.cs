using ScoreGpu.Viz.Drawing;

namespace ScoreGpu.Viz.Png;

/// <summary>Receives one pixel to blend.</summary>
internal delegate void BlendPixel(int x, int y, float r, float g, float b, float alpha);

/// <summary>
/// Draws an image at any size by overlap: each page pixel is the mean of the image cells it covers, weighted by area.
/// Shrinking averages, enlarging shows the cells, and the border pixels are covered in part.
/// </summary>
internal static class ImageResampler
{
    /// <summary>How the page pixels from a position to another overlap the cells of an image along one axis.</summary>
    public static Axis Along(double from, double to, int cells)
    {
        int first = (int)Math.Floor(from);
        int count = Math.Max(0, (int)Math.Ceiling(to) - first);
        double cellsPerPixel = cells / (to - from);
        var overlaps = new Overlap[count];
        for (int i = 0; i < count; i++)
        {
            double low = Math.Clamp((first + i - from) * cellsPerPixel, 0, cells);
            double high = Math.Clamp((first + i + 1 - from) * cellsPerPixel, 0, cells);
            int start = Math.Min((int)low, cells - 1);
            int end = Math.Clamp((int)Math.Ceiling(high), start + 1, cells);
            float[] weights = new float[end - start];
            for (int cell = start; cell < end; cell++)
            {
                double shared = Math.Min(high, cell + 1) - Math.Max(low, cell);
                weights[cell - start] = (float)(Math.Max(0, shared) / cellsPerPixel);
            }

            overlaps[i] = new Overlap(start, weights);
        }

        return new Axis(first, overlaps);
    }

    public static void Draw(Pixels image, Axis columns, Axis rows, PixelRect clip, BlendPixel blend)
    {
        for (int j = Math.Max(0, clip.Top - rows.First); j < rows.Overlaps.Length && rows.First + j < clip.Bottom; j++)
        {
            int firstColumn = Math.Max(0, clip.Left - columns.First);
            for (int i = firstColumn; i < columns.Overlaps.Length && columns.First + i < clip.Right; i++)
            {
                (float r, float g, float b, float alpha) = Average(image, columns.Overlaps[i], rows.Overlaps[j]);
                if (alpha > 0)
                {
                    blend(columns.First + i, rows.First + j, r / alpha, g / alpha, b / alpha, Math.Min(1, alpha));
                }
            }
        }
    }

    private static (float R, float G, float B, float Alpha) Average(Pixels image, Overlap across, Overlap down)
    {
        float r = 0;
        float g = 0;
        float b = 0;
        float alpha = 0;
        for (int y = 0; y < down.Weights.Length; y++)
        {
            for (int x = 0; x < across.Weights.Length; x++)
            {
                int at = (((down.Start + y) * image.Width) + across.Start + x) * 4;
                float weight = down.Weights[y] * across.Weights[x] * image.Rgba[at + 3] / 255f;
                r += weight * image.Rgba[at];
                g += weight * image.Rgba[at + 1];
                b += weight * image.Rgba[at + 2];
                alpha += weight;
            }
        }

        return (r, g, b, alpha);
    }

    /// <summary>The first page pixel, and each pixel's overlap with the image's cells.</summary>
    internal sealed record Axis(int First, Overlap[] Overlaps);

    /// <summary>Weights, in pixels, of consecutive cells from Start.</summary>
    internal readonly record struct Overlap(int Start, float[] Weights);
}
