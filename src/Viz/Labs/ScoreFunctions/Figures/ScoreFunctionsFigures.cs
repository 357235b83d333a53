using System.Globalization;
using ScoreGpu.Viz.Labs.Training;

namespace ScoreGpu.Viz.Labs.ScoreFunctions.Figures;

/// <summary>Every figure of the lab.</summary>
internal static class ScoreFunctionsFigures
{
    /// <summary>The implied scores of the first model.</summary>
    public const string ImpliedShort = "implied-score-short";

    /// <summary>The implied scores of the second model.</summary>
    public const string ImpliedLong = "implied-score-long";

    /// <summary>Draws all figures, in the page's order.</summary>
    public static IReadOnlyList<LabFigure> Draw(ScoreFunctionsData data)
    {
        int shown = Math.Min(data.Settings.PlottedPoints, data.Settings.ComparisonPoints);
        return
        [
            ScorePanelsFigure.Draw(data.Analytic),
            CleanFieldFigure.Draw(data.Fields),
            NoisyFieldsFigure.Draw(data.Fields),
            LossFigure.Draw(data.Short, data.Long),
            ImpliedScoreFigure.Draw(ImpliedShort, Title(data.Short), data.Points, data.ShortAgreement, shown),
            ImpliedScoreFigure.Draw(ImpliedLong, Title(data.Long), data.Points, data.LongAgreement, shown),
            AgreementFigure.Draw(data),
            TrajectoriesFigure.Draw(data.Pairs),
            CrowdFigure.Draw(data),
            StartsFigure.Draw(data.Starts),
            SamplesFigure.Draw(data.Starts),
        ];
    }

    private static string Title(TrainedModel model) => string.Create(
        CultureInfo.InvariantCulture, $"Implied score after {model.Losses.Count:N0} training steps");
}
