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
        return LossPanel.Draw(panel, model, count < 2000 ? count / 12 : count / 60).Legend(LegendPlacement.UpperRight);
    }
}
