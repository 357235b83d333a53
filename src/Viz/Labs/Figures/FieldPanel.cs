using ScoreGpu.Engine.Distributions;

namespace ScoreGpu.Viz.Labs.Figures;

/// <summary>A panel of a mixture's density, its score as arrows, and its centres.</summary>
internal static class FieldPanel
{
    /// <summary>The plane is drawn this far from the origin.</summary>
    public const double Reach = 5;

    private const int Arrows = 20;

    /// <summary>Fills a panel.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="density">The mixture.</param>
    /// <param name="length">The longest arrow in data units.</param>
    public static Panel Draw(Panel panel, GaussianMixture density, double length)
    {
        Points at = Points.Grid(-Reach, Reach, -Reach, Reach, Arrows, Arrows);
        double[] flat = [.. Enumerable.Range(0, at.Count).SelectMany(i => new[] { at.X[i], at.Y[i] })];
        ScalarGrid contours = ScalarGrid.Sample(
            (x, y) => density.Density([x, y]), -Reach, Reach, -Reach, Reach, nodes: 81);
        return panel
            .Square(Reach)
            .NoGrid()
            .Contours(contours, bands: 12, alpha: 0.55)
            .Quiver(at, density.Scores(flat), length: length, lengths: ArrowLengths.SquareRoot)
            .Stars(LabInks.Centres(density), color: LabInks.Centre);
    }
}
