using ScoreGpu.Engine.Data;
using ScoreGpu.Viz;

namespace ScoreGpu.Cli.Figures;

/// <summary>Samples as a picture: a histogram in one dimension, points or a density in two.</summary>
internal static class SampleFigure
{
    /// <summary>The largest dimension that can be drawn.</summary>
    public const int MostDimensions = 2;

    // Above this, single points hide one another and an SVG grows to megabytes.
    private const int MostMarkers = 10_000;
    private const int MostBins = 80;

    /// <summary>Draws samples.</summary>
    /// <param name="samples">The samples, of one or two dimensions.</param>
    /// <param name="title">The figure's title.</param>
    /// <param name="theme">Its colours.</param>
    public static Figure Draw(PointSet samples, string title, Theme theme)
    {
        Figure figure = new(width: 6, height: 6) { Theme = theme };
        Panel panel = figure[0, 0].Title(title);
        if (samples.Dimension == 1)
        {
            DrawHistogram(panel, samples.Values);
            return figure;
        }

        panel.XLabel("x0").YLabel("x1").EqualAspect();
        if (samples.Count <= MostMarkers)
        {
            panel.Scatter(samples.Values, size: 3, alpha: 0.6);
        }
        else
        {
            panel.Density(Histogram(samples));
        }

        return figure;
    }

    private static void DrawHistogram(Panel panel, float[] values)
    {
        (double low, double high) = Range(values);
        int bins = Math.Clamp((int)Math.Sqrt(values.Length), 1, MostBins);
        panel.XLabel("x0").YLabel("density").Histogram(values, bins, (low, high), color: Ink.Blue);
    }

    private static DensityGrid Histogram(PointSet samples)
    {
        (double xLow, double xHigh) = Range([.. samples.Values.Where((_, i) => i % 2 == 0)]);
        (double yLow, double yHigh) = Range([.. samples.Values.Where((_, i) => i % 2 == 1)]);
        DensityGrid grid = new(xLow, xHigh, yLow, yHigh, 300, 300);
        for (int i = 0; i < samples.Count; i++)
        {
            grid.AddPoint(samples[i][0], samples[i][1]);
        }

        return grid;
    }

    private static (double Low, double High) Range(float[] values)
    {
        double low = values.Min();
        double high = values.Max();

        // Equal values still need a range to be drawn in.
        double margin = Math.Max(0.05 * (high - low), 1e-3 * Math.Max(1.0, Math.Abs(high)));
        return (low - margin, high + margin);
    }
}
