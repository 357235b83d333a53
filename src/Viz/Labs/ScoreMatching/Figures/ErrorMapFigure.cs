using System.Globalization;

namespace ScoreGpu.Viz.Labs.ScoreMatching.Figures;

/// <summary>Where in the plane the learned fields are right.</summary>
internal static class ErrorMapFigure
{
    private const int Shown = 500;
    private const double Least = -2;
    private const double Most = 0.5;
    private const int Bands = 10;

    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(ScoreMatchingData data)
    {
        Figure figure = new(10, 5.3, columns: 2);
        Fill(figure[0, 0], data.Field(ScoreMatchingRun.HyvarinenKey), "Hyvärinen’s field against ∇ log p")
            .YLabel("x₂")
            .Scatter(data.ShownData(Shown), color: Ink.Foreground, size: 1.8, alpha: 0.7);
        Fill(figure[0, 1], data.Field(ScoreMatchingRun.DenoisingKey), "Denoising field against ∇ log p(σ)")
            .Scatter(
                ScoreMatchingData.Shown(data.Targets.Noised, Shown), color: Ink.Foreground, size: 1.8, alpha: 0.7)
            .ColorBar("log₁₀ of the relative error");
        return new LabFigure(
            "error-maps",
            "The plane coloured by the relative error of both learned fields, with points of the density on top.",
            figure);
    }

    private static Panel Fill(Panel panel, FieldStudy field, string title)
    {
        Column nodes = Column.Even(-FieldProbes.Reach, FieldProbes.Reach, FieldProbes.Nodes);
        string median = (100 * field.InSquare.MedianRelativeError).ToString("0", CultureInfo.InvariantCulture);
        double[] logarithms = Array.ConvertAll(
            field.RelativeErrors, error => Math.Clamp(Math.Log10(error), Least, Most));
        double[] levels =
            [.. Enumerable.Range(0, Bands + 1).Select(band => Least - 1e-9 + (band * (Most - Least + 2e-9) / Bands))];
        return panel
            .Title($"{title}\nmedian relative error in the square {median} %")
            .XLabel("x₁")
            .Square(FieldProbes.Reach)
            .NoGrid()
            .Contours(new ScalarGrid(nodes, nodes, logarithms), levels, ColorMap.Inferno);
    }
}
