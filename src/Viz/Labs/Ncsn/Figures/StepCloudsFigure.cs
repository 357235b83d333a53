using ScoreGpu.Engine.Data;
using ScoreGpu.Viz.Labs.Figures;
using ScoreGpu.Viz.Labs.Text;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Ncsn.Figures;

/// <summary>Samples with a step size that is too small, right, and too large.</summary>
internal static class StepCloudsFigure
{
    private const double Reach = 13;

    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(StepSizeStudy study)
    {
        Figure figure = new(10, 4.2, columns: 3);
        Fill(figure[0, 0], study.TooSmall, "Too small");
        Fill(figure[0, 1], study.Usual, "As published");
        Fill(figure[0, 2], study.TooLarge, "Too large");
        return new LabFigure(
            "step-clouds", "Samples of annealed Langevin dynamics with three step sizes.", figure);
    }

    private static void Fill(Panel panel, StepSize size, string title)
    {
        float[] shown = [.. size.Points.Chunk(2).Where(point => point.All(x => Math.Abs(x) < Reach)).SelectMany(point => point)];
        string beyond = Numerals.Percent(1.0 - ((double)shown.Length / size.Points.Length));
        panel
            .Title($"{title}: ε = {CommandText.Rate(size.Eps)}\n{beyond} lie outside")
            .Square(Reach)
            .Scatter(shown, color: LabInks.Implied, size: 2.6, alpha: 0.6)
            .Stars(LabInks.Centres(NamedMixtures.Ring8), color: LabInks.Centre, size: 8);
    }
}
