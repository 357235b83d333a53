using System.Globalization;
using ScoreGpu.Engine.Data;
using ScoreGpu.Viz.Labs.Figures;

namespace ScoreGpu.Viz.Labs.ScoreFunctions.Figures;

/// <summary>Exercise 4: data and samples, side by side.</summary>
internal static class SamplesFigure
{
    private const double Reach = 3.6;
    private const int Cells = 150;

    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(StartStudy starts)
    {
        Figure figure = new(10, 7.5, rows: 2, columns: 3);
        Fill(figure[0, 0], starts.Data, "Data", isData: true);
        Fill(figure[0, 1], starts["normal_ode"], "ODE from N(0, I)");
        Fill(figure[0, 2], starts["normal_sde"], "SDE from N(0, I)");
        Fill(figure[1, 0], starts["marginal_ode"], "ODE from the true x(T)");
        Fill(figure[1, 1], starts["schedule_ode"], "ODE, longer schedule");
        Fill(figure[1, 2], starts["short_normal_ode"], "ODE, short model");
        return new LabFigure(
            "samples", "Densities of the data and of five sets of samples.", figure);
    }

    private static void Fill(Panel panel, SampleQuality set, string title, bool isData = false)
    {
        string outliers = (100 * set.Modes.OutlierShare).ToString("0.0", CultureInfo.InvariantCulture);
        string std = set.MeanStd.ToString("0.000", CultureInfo.InvariantCulture);
        panel
            .Title($"{title}\nstd {std}, outliers {outliers} %")
            .Square(Reach)
            .NoGrid()
            .Density(Histogram(set.Points), tone: ToneMapping.SquareRoot);
        if (!isData)
        {
            panel.Scatter(
                LabInks.Centres(NamedMixtures.FourGaussians), color: LabInks.Centre, size: 7, marker: Marker.Cross);
        }
    }

    private static DensityGrid Histogram(PointSet points) =>
        new DensityGrid(-Reach, Reach, -Reach, Reach, Cells, Cells).Add(points.Values);
}
