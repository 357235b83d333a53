using System.Globalization;
using ScoreGpu.Viz.Labs.Figures;

namespace ScoreGpu.Viz.Labs.ScoreFunctions.Figures;

/// <summary>Exercise 2: the same field under growing noise.</summary>
internal static class NoisyFieldsFigure
{
    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(NoisyFields fields)
    {
        Figure figure = new(10, 10.4, rows: 2, columns: 2);
        for (int i = 0; i < NoisyFields.DrawnSigmas.Count; i++)
        {
            NoisyField field = fields.At(NoisyFields.DrawnSigmas[i]);
            string sigma = field.Sigma.ToString("0.#", CultureInfo.InvariantCulture);
            string peaks = field.PeaksOnAxis == 1 ? "one peak" : "two peaks";
            string largest = field.MeanMagnitude.ToString("0.00", CultureInfo.InvariantCulture);
            Panel panel = FieldPanel.Draw(figure.Panels[i], field.Density, 0.58)
                .Title($"{(field.Sigma == 0 ? "No noise" : $"Noise σ = {sigma}")}\n{peaks}, mean ‖score‖ {largest}");
            if (i >= 2)
            {
                panel.XLabel("x₁");
            }

            if (i % 2 == 0)
            {
                panel.YLabel("x₂");
            }
        }

        return new LabFigure(
            "fields-noise",
            "The score field of two peaks at four noise levels: the basins merge, and the arrows shorten.",
            figure);
    }
}
