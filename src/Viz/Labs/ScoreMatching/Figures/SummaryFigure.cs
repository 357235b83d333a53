using System.Globalization;
using ScoreGpu.Viz.Labs.Figures;

namespace ScoreGpu.Viz.Labs.ScoreMatching.Figures;

/// <summary>The way from points to samples in four panels: data, learned field, chains, samples over data.</summary>
internal static class SummaryFigure
{
    private const int Shown = 1500;

    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(ScoreMatchingData data)
    {
        LangevinRun run = data.Langevin[ScoreMatchingRun.DenoisingKey];
        FieldStudy field = data.Field(ScoreMatchingRun.DenoisingKey);
        Figure figure = new(10, 10.4, rows: 2, columns: 2);
        Plane(figure[0, 0]).Title("1. Data\nall that training sees").YLabel("x₂")
            .Scatter(data.ShownData(Shown), color: LabInks.Density, size: 2.6, alpha: 0.45);
        FieldPanel.Draw(
                figure[0, 1],
                ScoreTraining.Data.Noised(1.0, data.Settings.Sigma),
                field.Arrows,
                FieldProbes.Reach,
                0.5)
            .Title("2. Learned field\ndenoising score matching");
        Plane(figure[1, 0])
            .Title(string.Create(
                CultureInfo.InvariantCulture,
                $"3. Chains\n{data.Settings.DrawnChains} of them, {data.Settings.LangevinSteps:N0} Langevin steps"))
            .XLabel("x₁").YLabel("x₂")
            .Stars(LabInks.Centres(ScoreTraining.Data), color: LabInks.Centre, size: 10)
            .Trajectories(ChainPaths.Of(run, data.Settings.DrawnChains), width: 1.2, alpha: 0.8, markerSize: 6.5);
        Plane(figure[1, 1]).Title(string.Create(
                CultureInfo.InvariantCulture,
                $"4. Samples over data\nstd of a cluster {run.Width:0.000} over {Math.Sqrt(LangevinPredictions.CleanVariance):0.000}")).XLabel("x₁")
            .Scatter(
                ScoreMatchingData.Shown(run.Points, Shown), color: LabInks.Centre, size: 2.8, alpha: 0.5, label: "samples")
            .Scatter(data.ShownData(Shown), color: LabInks.Density, size: 2.2, alpha: 0.5, label: "data")
            .Legend(LegendPlacement.UpperRight);
        return new LabFigure(
            "summary",
            "Four panels: the data, the learned field, some Langevin chains, and the samples over the data.",
            figure);
    }

    private static Panel Plane(Panel panel) => panel.Square(FieldProbes.Reach);
}
