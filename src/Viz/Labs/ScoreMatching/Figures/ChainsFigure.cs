using System.Globalization;
using ScoreGpu.Engine.Data;
using ScoreGpu.Viz.Labs.Figures;

namespace ScoreGpu.Viz.Labs.ScoreMatching.Figures;

/// <summary>Langevin dynamics with both learned fields: some chains, and where all of them end.</summary>
internal static class ChainsFigure
{
    private const double Reach = 4.5;
    private const int Shown = 1000;

    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(ScoreMatchingData data)
    {
        Figure figure = new(10, 7.3, rows: 2, columns: 3);
        Row(figure, 0, data, data.Targets.Clean, "Data", ScoreMatchingRun.HyvarinenKey, "Hyvärinen");
        Row(figure, 1, data, data.Targets.Noised, "Data with noise", ScoreMatchingRun.DenoisingKey, "denoising");
        return new LabFigure(
            "langevin",
            "Two rows, Hyvärinen's field and the denoising one: what the samples should be, some chains, and the ends.",
            figure);
    }

    private static void Row(
        Figure figure, int row, ScoreMatchingData data, PointSet truth, string name, string key, string method)
    {
        LangevinRun run = data.Langevin[key];
        string width = run.Width.ToString("0.000", CultureInfo.InvariantCulture);
        double variance = row == 0
            ? LangevinPredictions.CleanVariance
            : LangevinPredictions.NoisedVariance(data.Settings.Sigma);
        string exact = Math.Sqrt(variance).ToString("0.000", CultureInfo.InvariantCulture);
        Marked(Plane(figure[row, 0], row).Title($"{name}\nstd of a cluster {exact}").YLabel("x₂")
            .Scatter(ScoreMatchingData.Shown(truth, Shown), color: LabInks.Density, size: 2.4, alpha: 0.5));
        Marked(Plane(figure[row, 1], row).Title($"Chains\n{method}")
            .Trajectories(
                ChainPaths.Of(run, data.Settings.DrawnChains), width: 1.1, alpha: 0.8, markerSize: 6));
        Marked(Plane(figure[row, 2], row).Title($"Samples\nstd of a cluster {width}")
            .Scatter(ScoreMatchingData.Shown(run.Points, Shown), color: LabInks.Implied, size: 2.4, alpha: 0.5));
    }

    private static Panel Plane(Panel panel, int row) => panel
        .Square(Reach)
        .XLabel(row == 1 ? "x₁" : "");

    private static void Marked(Panel panel) => panel.Stars(
        LabInks.Centres(ScoreTraining.Data), color: LabInks.Centre, size: 9);
}
