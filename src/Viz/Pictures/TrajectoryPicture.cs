using ScoreGpu.Engine.Drawing;
using ScoreGpu.Viz.Png;

namespace ScoreGpu.Viz.Pictures;

/// <summary>A canvas of trajectories as an image, edge to edge.</summary>
public static class TrajectoryPicture
{
    private const int RowsOfPart = 64;

    // Single lines at the edge are to be seen.
    private const double Faint = 0.02;

    // A few pixels where everything meets would otherwise darken all others.
    private const double Bright = 0.995;

    /// <summary>Whether anything was drawn within the canvas's edges.</summary>
    public static bool IsEmpty(TrajectoryCanvas canvas)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        return canvas.Sums.IndexOfAnyExcept(0UL) < 0;
    }

    /// <summary>Develops a canvas, and encodes it as a PNG.</summary>
    /// <param name="canvas">The sums.</param>
    /// <param name="tone">How weights become tones.</param>
    /// <param name="theme">The page, and whether trajectories are light or ink.</param>
    /// <param name="ramp">Colours by tone, in place of the trajectories' own; null for their own.</param>
    public static byte[] ToPng(TrajectoryCanvas canvas, ToneMapping tone, Theme theme, ColorMap? ramp = null)
    {
        ArgumentNullException.ThrowIfNull(canvas);
        ArgumentNullException.ThrowIfNull(theme);
        byte[] samples = Develop(canvas, ToneCurve.Of(tone, Count(canvas), Faint, Bright), theme, ramp);
        return PngWriter.Encode(canvas.Width, canvas.Height, samples, channels: 3);
    }

    private static WeightCounts Count(TrajectoryCanvas canvas)
    {
        WeightCounts all = new();
        ForParts(canvas, (first, count) =>
        {
            int stride = canvas.Width * TrajectoryCanvas.Channels;
            WeightCounts part = new();
            part.Add(canvas.Sums.Slice(first * stride, count * stride), TrajectoryCanvas.Channels);
            lock (all)
            {
                all.Add(part);
            }
        });
        return all;
    }

    private static byte[] Develop(TrajectoryCanvas canvas, ToneCurve curve, Theme theme, ColorMap? ramp)
    {
        Exposure exposure = new(theme);
        byte[] samples = new byte[canvas.Width * canvas.Height * 3];
        ForParts(canvas, (first, count) =>
        {
            ReadOnlySpan<ulong> sums = canvas.Sums;
            for (int pixel = first * canvas.Width; pixel < (first + count) * canvas.Width; pixel++)
            {
                ReadOnlySpan<ulong> sum = sums.Slice(pixel * TrajectoryCanvas.Channels, TrajectoryCanvas.Channels);
                double at = curve.At(sum[0]);
                Span<byte> target = samples.AsSpan(pixel * 3, 3);
                if (ramp is null)
                {
                    exposure.Expose(at, sum[1], sum[2], sum[3], target);
                }
                else
                {
                    Color color = ramp.Sample(at);
                    (target[0], target[1], target[2]) = (color.R, color.G, color.B);
                }
            }
        });
        return samples;
    }

    private static void ForParts(TrajectoryCanvas canvas, Action<int, int> rows) => Parallel.For(
        0,
        (canvas.Height + RowsOfPart - 1) / RowsOfPart,
        part => rows(part * RowsOfPart, Math.Min(RowsOfPart, canvas.Height - (part * RowsOfPart))));
}
