using ScoreGpu.Engine.Distributions;

namespace ScoreGpu.Viz.Labs.Figures;

/// <summary>A panel of a mixture's density, a field as arrows, and the mixture's centres.</summary>
internal static class FieldPanel
{
    /// <summary>The plane is drawn this far from the origin.</summary>
    public const double Reach = 5;

    private const int Arrows = 20;

    /// <summary>Where the arrows stand, [N, 2].</summary>
    /// <param name="reach">How far the plane is drawn from the origin.</param>
    public static double[] Nodes(double reach)
    {
        Points at = Points.Grid(-reach, reach, -reach, reach, Arrows, Arrows);
        return [.. Enumerable.Range(0, at.Count).SelectMany(i => new[] { at.X[i], at.Y[i] })];
    }

    /// <summary>Fills a panel with a mixture's own score.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="density">The mixture.</param>
    /// <param name="length">The longest arrow in data units.</param>
    public static Panel Draw(Panel panel, GaussianMixture density, double length) =>
        Draw(panel, density, density.Scores(Nodes(Reach)), Reach, length);

    /// <summary>Fills a panel with any field over a mixture's density.</summary>
    /// <param name="panel">The panel.</param>
    /// <param name="density">The mixture.</param>
    /// <param name="field">The field at the nodes.</param>
    /// <param name="reach">How far the plane is drawn from the origin.</param>
    /// <param name="length">The longest arrow in data units.</param>
    /// <param name="range">The magnitudes that the ends of the colours stand for; null takes the field's.</param>
    public static Panel Draw(
        Panel panel,
        GaussianMixture density,
        Points field,
        double reach,
        double length,
        (double Min, double Max)? range = null)
    {
        ScalarGrid contours = ScalarGrid.Sample(
            (x, y) => density.Density([x, y]), -reach, reach, -reach, reach, nodes: 81);
        return panel
            .Square(reach)
            .NoGrid()
            .Contours(contours, bands: 12, alpha: 0.55)
            .Quiver(Nodes(reach), field, length: length, lengths: ArrowLengths.SquareRoot, range: range)
            .Stars(LabInks.Centres(density), color: LabInks.Centre);
    }
}
