using ScoreGpu.Viz.Labs.Training;

namespace ScoreGpu.Viz.Labs.FlowMatching.Figures;

/// <summary>The losses of the four models, and what no network can be below.</summary>
internal static class FlowLossFigure
{
    private const int Window = 100;

    private static readonly Ink[] Inks = [FlowInks.Flow, FlowInks.Vp, Ink.Yellow, Ink.Cyan];

    /// <summary>The colour of a model.</summary>
    public static Ink InkOf(PathModel model) => Inks[PathModel.All.ToList().IndexOf(model)];

    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(FlowMatchingData data)
    {
        Figure figure = new(10, 4.2, columns: 2);
        Panel losses = figure[0, 0]
            .Title("Training losses\nmeans over 100 steps").XLabel("step").YLabel("mean squared error").LogY().YLimits(0.1, 200);
        Panel errors = figure[0, 1]
            .Title("Errors after training\nroot mean square of ε − x₀, against the exact one")
            .XLabel("σ/α").YLabel("error of ε − x₀").LogX().LogY().YLimits(0.01, 100);
        foreach (PathModel model in PathModel.All)
        {
            (double[] at, double[] means) = Means(data.Models[model][0]);
            losses.Line(at, means, color: InkOf(model), width: 1.8, label: model.Label);
            IReadOnlyList<LevelError> levels = data.Errors[model].Levels;
            errors.Line(
                levels.Select(level => level.Level).ToArray(),
                levels.Select(level => level.VelocityError).ToArray(),
                color: InkOf(model), width: 2, marker: Marker.Circle, markerSize: 4, label: model.Label);
        }

        losses.Legend(LegendPlacement.UpperRight);
        errors.Legend(LegendPlacement.UpperLeft);
        return new LabFigure(
            "loss",
            "Left: losses of four models over training. Right: the error of the velocity that each implies, over noise "
            + "levels.",
            figure);
    }

    private static (double[] At, double[] Means) Means(TrainedModel model)
    {
        double[] losses = [.. model.Losses];
        int window = Math.Min(Window, losses.Length);
        int blocks = losses.Length / window;
        return (
            [.. Enumerable.Range(0, blocks).Select(block => (block + 0.5) * window)],
            [.. Enumerable.Range(0, blocks).Select(block => losses.AsSpan(block * window, window).ToArray().Average())]);
    }
}
