using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Viz.Labs.Figures;
using ScoreGpu.Viz.Labs.Ncsn.Text;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Ncsn.Figures;

/// <summary>The network's score over the density that it belongs to, at four of the levels.</summary>
internal static class FieldsFigure
{
    private static readonly int[] Shown = [0, 2, 3, 11];

    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(NcsnData data)
    {
        Figure figure = new(10, 10.4, rows: 2, columns: 2);
        for (int i = 0; i < Shown.Length; i++)
        {
            LevelAgreement level = data.Levels[Shown[i]];
            GaussianMixture noised = NamedMixtures.Ring8.Noised(1.0, level.Sigma);
            ScalarGrid density = ScalarGrid.Sample(
                (x, y) => noised.Density([x, y]), -Motion.Reach, Motion.Reach, -Motion.Reach, Motion.Reach, nodes: 121);
            Panel panel = figure.Panels[i]
                .Title($"σ = {LevelText.Sigma(level.Sigma)}\nrelative error {Numerals.Fixed(level.RelativeError, 3)}")
                .Square(Motion.Reach)
                .NoGrid()
                .Contours(density, bands: 12, alpha: 0.55)
                .Quiver(data.Motion.At, data.Motion.Learned[Shown[i]], length: 0.95, lengths: ArrowLengths.SquareRoot)
                .Stars(LabInks.Centres(NamedMixtures.Ring8), color: LabInks.Centre, size: 9);
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
            "fields",
            "The network's score at four noise levels over the density with that noise: one hill, a ring, a ring of eight "
            + "bumps, eight peaks.",
            figure);
    }
}
