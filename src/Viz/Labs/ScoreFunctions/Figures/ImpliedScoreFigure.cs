using System.Globalization;
using ScoreGpu.Engine.Data;
using ScoreGpu.Viz.Labs.Figures;

namespace ScoreGpu.Viz.Labs.ScoreFunctions.Figures;

/// <summary>
/// Exercise 3: at a few steps t, the direction of the implied score, of the exact one, and to the nearest centre.
/// </summary>
internal static class ImpliedScoreFigure
{
    private const double Reach = 4.2;
    private const int ArrowEvery = 5;

    /// <summary>Draws the figure of one model.</summary>
    public static LabFigure Draw(
        string name, string title, IReadOnlyList<NoisyPoints> points, ModelAgreement agreement, int shown)
    {
        int columns = points.Count > 1 ? 2 : 1;
        Figure figure = new(10, 10.8, rows: (points.Count + columns - 1) / columns, columns: columns);
        figure.Title(title);
        for (int i = 0; i < points.Count; i++)
        {
            ScoreAgreement numbers = agreement.Compared[i];
            string alphaBar = numbers.AlphaBar.ToString("0.000", CultureInfo.InvariantCulture);
            string cosine = numbers.CosineToExact.ToString("0.0000", CultureInfo.InvariantCulture).Replace('-', '−');
            Points all = points[i].States[..(2 * shown)];
            Points at = all.Every(ArrowEvery);
            Panel panel = figure.Panels[i]
                .Title($"t = {numbers.Step}, ᾱ = {alphaBar}\nmean cosine to the exact score {cosine}")
                .Square(Reach)
                .Scatter(all, color: LabInks.Points, size: 2.6, alpha: 0.5)
                .Quiver(at, Unit(points[i].ToNearest, at.Count), color: LabInks.Centre, length: 0.55,
                    lengths: ArrowLengths.Equal, width: 1.2, alpha: 0.75, label: "to the nearest centre")
                .Quiver(at, Unit(points[i].Exact, at.Count), color: LabInks.Exact, length: 0.55,
                    lengths: ArrowLengths.Equal, width: 2.6, alpha: 0.75, label: "exact score")
                .Quiver(at, Unit(agreement.Implied[i], at.Count), color: LabInks.Implied, length: 0.55,
                    lengths: ArrowLengths.Equal, width: 1.2, label: "implied score")
                .Stars(LabInks.Centres(NamedMixtures.FourGaussians), color: LabInks.Centre, size: 12);
            if (i == 0)
            {
                panel.Legend(LegendPlacement.UpperLeft);
            }
        }

        return new LabFigure(
            name,
            "Noised points at four steps, each with three arrows: the implied score, the exact score, and the "
            + "direction to the nearest centre.",
            figure);
    }

    private static double[] Unit(double[] vectors, int count)
    {
        double[] unit = new double[2 * count];
        for (int i = 0; i < count; i++)
        {
            double x = vectors[2 * i * ArrowEvery];
            double y = vectors[(2 * i * ArrowEvery) + 1];
            double norm = Math.Max(Math.Sqrt((x * x) + (y * y)), double.Epsilon);
            (unit[2 * i], unit[(2 * i) + 1]) = (x / norm, y / norm);
        }

        return unit;
    }
}
