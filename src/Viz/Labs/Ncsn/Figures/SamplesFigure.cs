using ScoreGpu.Engine.Data;
using ScoreGpu.Viz.Labs.Figures;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Ncsn.Figures;

/// <summary>Data and samples of annealed and of single-level Langevin dynamics.</summary>
internal static class SamplesFigure
{
    private const double Reach = 7.5;
    private const int Cells = 150;

    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(AnnealingStudy study)
    {
        Figure figure = new(10, 7.6, rows: 2, columns: 3);
        Fill(figure[0, 0], study.Data.Values, "Data\nfresh points");
        Fill(figure[0, 1], study["annealed_learned"], "Annealed, network");
        Fill(figure[0, 2], study["single_learned"], "σ = 0.01 alone, network");
        Fill(figure[1, 0], study["single_merged_level"], "Larger σ alone, network");
        Fill(figure[1, 1], study["single_from_one_mode"], "σ = 0.01, from one mode");
        Fill(figure[1, 2], study["annealed_from_one_mode"], "Annealed, from one mode");
        return new LabFigure(
            "samples", "Densities of the data and of five sets of samples of Langevin dynamics.", figure);
    }

    private static void Fill(Panel panel, LangevinRun run, string title) => Fill(
        panel,
        run.Points,
        $"{title}\n{run.ModesReached} modes, {Numerals.Percent(run.Modes.OutlierShare)} outliers");

    private static void Fill(Panel panel, float[] points, string title)
    {
        DensityGrid grid = new(-Reach, Reach, -Reach, Reach, Cells, Cells);
        for (int i = 0; i < points.Length; i += 2)
        {
            grid.AddPoint(points[i], points[i + 1]);
        }

        panel
            .Title(title)
            .Square(Reach)
            .NoGrid()
            .Density(grid, tone: ToneMapping.SquareRoot)
            .Scatter(
                LabInks.Centres(NamedMixtures.Ring8), color: LabInks.Centre, size: 5, marker: Marker.Cross);
    }
}
