using System.Globalization;
using ScoreGpu.Viz.Labs.Figures;
using ScoreGpu.Viz.Labs.Training;

namespace ScoreGpu.Viz.Labs.ScoreFunctions.Figures;

/// <summary>Exercise 3: the losses of both models.</summary>
internal static class LossFigure
{
    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(TrainedModel brief, TrainedModel thorough)
    {
        Figure figure = new(10, 3.9, columns: 2);
        Fill(figure[0, 0], brief).YLabel("mean squared error of ε");
        Fill(figure[0, 1], thorough);
        return new LabFigure("loss", "The training losses of both models, each with a running mean.", figure);
    }

    private static Panel Fill(Panel panel, TrainedModel model)
    {
        int count = model.Losses.Count;
        string steps = count.ToString("N0", CultureInfo.InvariantCulture);
        double[] losses = [.. model.Losses];

        // A dot for each step would be more than the panel has pixels.
        int stride = Math.Max(1, count / 1000);
        int window = count < 2000 ? Math.Max(1, count / 12) : count / 60;
        (double[] at, double[] means) = RunningMean(losses, window, stride);
        double[] shown = [.. Enumerable.Range(0, (count + stride - 1) / stride).Select(i => (double)(i * stride))];
        return panel
            .Title($"{steps} steps").XLabel("step")
            .Line(shown, Array.ConvertAll(shown, i => losses[(int)i]), color: LabInks.Density, width: 0.8, alpha: 0.45,
                label: stride == 1 ? "each step" : $"every {stride}th step")
            .Line(at, means, color: LabInks.Centre, width: 2, label: $"mean over {window} steps")
            .Legend(LegendPlacement.UpperRight);
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
