using System.Globalization;
using ScoreGpu.Viz.Labs.Figures;

namespace ScoreGpu.Viz.Labs.Sde.Figures;

/// <summary>Exercise 1: what the reverse SDE of VE returns to, and what its changed forms do.</summary>
internal static class VariantsFigure
{
    private const double Reach = 4.2;
    private const int Cells = 110;

    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(IReadOnlyList<ReverseVariant> variants)
    {
        ReverseVariant[] shown = [.. variants.Where(variant => variant.IsVe)];
        Figure figure = new(11, 3.6, columns: shown.Length);
        for (int i = 0; i < shown.Length; i++)
        {
            string energy = shown[i].Energy.Value.ToString("0.0000", CultureInfo.InvariantCulture).Replace('-', '−');
            DensityGrid grid = new(-Reach, Reach, -Reach, Reach, Cells, Cells);
            for (int k = 0; k < shown[i].Points.Length; k += 2)
            {
                grid.AddPoint(shown[i].Points[k], shown[i].Points[k + 1]);
            }

            Panel panel = figure[0, i]
                .Title($"{Capital(shown[i].Title)}\nenergy distance² {energy}")
                .Square(Reach).NoGrid().XLabel("x₁")
                .Density(grid, tone: ToneMapping.SquareRoot)
                .Scatter(LabInks.Centres(SdeProcesses.Plane), color: LabInks.Centre, size: 6, marker: Marker.Cross);
            if (i == 0)
            {
                panel.YLabel("x₂");
            }
        }

        return new LabFigure(
            "ve-reverse",
            "Samples of the reverse SDE of VE, of its flow, and of two forms with a term changed, over the data's centres.",
            figure);
    }

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];
}
