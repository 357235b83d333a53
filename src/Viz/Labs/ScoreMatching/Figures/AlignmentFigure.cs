using System.Globalization;

namespace ScoreGpu.Viz.Labs.ScoreMatching.Figures;

/// <summary>Where in the plane the learned fields point the right way.</summary>
internal static class AlignmentFigure
{
    private const int Shown = 500;

    private static readonly double[] Levels = [-1.0001, -0.8, -0.6, -0.4, -0.2, 0, 0.2, 0.4, 0.6, 0.8, 0.9, 0.99, 1.0001];

    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(ScoreMatchingData data)
    {
        Figure figure = new(10, 5.4, columns: 2);
        Fill(figure[0, 0], data.Field(ScoreMatchingRun.HyvarinenKey), "Hyvärinen’s field against ∇ log p")
            .YLabel("x₂")
            .Scatter(data.ShownData(Shown), color: Ink.Foreground, size: 1.6, alpha: 0.6);
        Fill(figure[0, 1], data.Field(ScoreMatchingRun.DenoisingKey), "Denoising field against ∇ log p(σ)")
            .Scatter(
                ScoreMatchingData.Shown(data.Targets.Noised, Shown), color: Ink.Foreground, size: 1.6, alpha: 0.6)
            .ColorBar("cosine to the exact score");
        return new LabFigure(
            "alignment",
            "The plane coloured by the cosine between a learned and the exact score, with the training points on top.",
            figure);
    }

    private static Panel Fill(Panel panel, FieldStudy field, string title)
    {
        Column nodes = Column.Even(-FieldProbes.Reach, FieldProbes.Reach, FieldProbes.Nodes);
        string share = (100 * field.InSquare.AlignedShare).ToString("0", CultureInfo.InvariantCulture);
        return panel
            .Title($"{title}\ncosine above 0.9 in {share} % of the square")
            .XLabel("x₁")
            .Square(FieldProbes.Reach)
            .NoGrid()
            .Contours(new ScalarGrid(nodes, nodes, field.Cosines), Levels, ColorMap.Balance.Reversed());
    }
}
