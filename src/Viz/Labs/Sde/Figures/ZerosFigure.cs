using System.Globalization;
using ScoreGpu.Viz.Labs.Figures;

namespace ScoreGpu.Viz.Labs.Sde.Figures;

/// <summary>The zeros of the score before and after the peaks merge.</summary>
internal static class ZerosFigure
{
    private const double Reach = 3;

    private static readonly double[] Shown = [0.0, 0.3, 0.4];

    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(ScoreProperties properties)
    {
        Figure figure = new(11, 4.3, columns: Shown.Length);
        for (int i = 0; i < Shown.Length; i++)
        {
            ScoreMoments moments = properties.Moments.First(each => each.Time.Equals(Shown[i]));
            var density = SdeProcesses.At(SdeProcesses.Plane, SdeProcesses.Vp, moments.Time);
            ScalarGrid contours = ScalarGrid.Sample(
                (x, y) => density.Density([x, y]), -Reach, Reach, -Reach, Reach, nodes: 61);
            Points at = Points.Grid(-Reach, Reach, -Reach, Reach, 17, 17);
            double[] flat = [.. Enumerable.Range(0, at.Count).SelectMany(k => new[] { at.X[k], at.Y[k] })];
            string zeros = moments.Zeros.Count == 1 ? "one zero: the peak" : $"{moments.Zeros.Count} zeros";
            Panel panel = figure[0, i]
                .Title($"t = {moments.Time.ToString("0.#", CultureInfo.InvariantCulture)}\n{zeros}")
                .Square(Reach).NoGrid().XLabel("x₁")
                .Contours(contours, bands: 9, alpha: 0.6)
                .Quiver(at, density.Scores(flat), color: Ink.Slate, length: 0.32, lengths: ArrowLengths.Equal, width: 0.9);
            Mark(panel, moments, CriticalKind.Peak, LabInks.Centre, Marker.Circle);
            Mark(panel, moments, CriticalKind.Saddle, Ink.Cyan, Marker.Diamond);
            Mark(panel, moments, CriticalKind.Basin, Ink.Pink, Marker.Square);
            if (i == 0)
            {
                panel.YLabel("x₂");
            }
        }

        return new LabFigure(
            "zeros",
            "Directions of the score over the density, with every zero: peaks, saddles and a basin, and a single peak at "
            + "the end.",
            figure);
    }

    private static void Mark(Panel panel, ScoreMoments moments, CriticalKind kind, Ink ink, Marker marker)
    {
        Points at = Points.Of([.. moments.Zeros.Where(zero => zero.Kind == kind).Select(zero => (zero.X, zero.Y))]);
        if (at.Count > 0)
        {
            panel.Scatter(at, color: ink, size: 9, marker: marker, edge: Ink.Background);
        }
    }
}
