using System.Globalization;
using ScoreGpu.Viz.Labs.Figures;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.ScoreMatching.Figures;

/// <summary>The losses of both trainings, with the loss of the exact score.</summary>
internal static class LossesFigure
{
    private const int HyvarinenWindow = 20;
    private const int DenoisingWindow = 50;

    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(ScoreMatchingData data)
    {
        Figure figure = new(10, 4.2, columns: 2);
        LossPanel.Draw(figure[0, 0], data.Hyvarinen, HyvarinenWindow)
            .Title($"Hyvärinen’s score matching\n{Numerals.Count(data.Hyvarinen.Losses.Count)} steps, tr ∇s + ½‖s‖²")
            .YLabel("loss")
            .HorizontalLine(data.ExactLoss, color: LabInks.Exact, dash: Dash.Dashed, label: "exact score")
            .Legend(LegendPlacement.UpperRight);
        LossPanel.Draw(figure[0, 1], data.Denoising, DenoisingWindow)
            .Title($"Denoising score matching\n{Numerals.Count(data.Denoising.Losses.Count)} steps, ‖s + ε/σ‖², σ = {Sigma(data)}")
            .HorizontalLine(data.Usual.ZeroLoss, color: Ink.Muted, dash: Dash.Dotted, label: "no score at all")
            .HorizontalLine(data.Usual.Floor, color: LabInks.Exact, dash: Dash.Dashed, label: "exact score of p(σ)")
            .YLimits(0, 1.15 * Math.Max(data.Usual.ZeroLoss, data.Denoising.Losses.Max()))
            .Legend(LegendPlacement.UpperRight);
        return new LabFigure(
            "losses",
            "The losses of both trainings over the steps, with a running mean and the loss of the exact score.",
            figure);
    }

    private static string Sigma(ScoreMatchingData data) => data.Settings.Sigma.ToString(CultureInfo.InvariantCulture);
}
