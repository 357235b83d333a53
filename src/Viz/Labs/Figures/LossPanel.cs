using System.Globalization;
using ScoreGpu.Viz.Labs.Training;

namespace ScoreGpu.Viz.Labs.Figures;

/// <summary>A panel of a training loss: single steps, and their running mean.</summary>
internal static class LossPanel
{
    private const int MostDots = 1000;

    /// <summary>Fills a panel; its legend is the caller's.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="model">What was trained.</param>
    /// <param name="window">Steps that the mean runs over; at most all of them are taken.</param>
    public static Panel Draw(Panel panel, TrainedModel model, int window)
    {
        int count = model.Losses.Count;
        double[] losses = [.. model.Losses];

        // A dot for each step would be more than the panel has pixels.
        int stride = Math.Max(1, count / MostDots);
        int mean = Math.Clamp(window, 1, count);
        (double[] at, double[] means) = RunningMean(losses, mean, stride);
        double[] shown = [.. Enumerable.Range(0, (count + stride - 1) / stride).Select(i => (double)(i * stride))];
        return panel
            .Title($"{count.ToString("N0", CultureInfo.InvariantCulture)} steps").XLabel("step")
            .Line(shown, Array.ConvertAll(shown, i => losses[(int)i]), color: LabInks.Density, width: 0.8, alpha: 0.45,
                label: stride == 1 ? "each step" : $"one step in {stride}")
            .Line(at, means, color: LabInks.Centre, width: 2, label: $"mean over {mean} steps");
    }

    private static (double[] At, double[] Means) RunningMean(double[] values, int window, int stride)
    {
        List<double> at = [];
        List<double> means = [];
        for (int end = window; end <= values.Length; end += stride)
        {
            at.Add(end - (0.5 * window));
            means.Add(values.AsSpan(end - window, window).ToArray().Average());
        }

        return ([.. at], [.. means]);
    }
}
