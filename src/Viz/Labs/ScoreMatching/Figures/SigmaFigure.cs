using ScoreGpu.Viz.Labs.Figures;

namespace ScoreGpu.Viz.Labs.ScoreMatching.Figures;

/// <summary>What the noise of denoising training does.</summary>
internal static class SigmaFigure
{
    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(ScoreMatchingData data)
    {
        Figure figure = new(10, 8.4, rows: 2, columns: 2);
        IReadOnlyList<SigmaRun> runs = data.Sweep;
        Column sigma = Of(run => run.Sigma);
        Axis(figure[0, 0]).Title("At the data\nroot mean square error, relative").YLabel("relative error")
            .YLimits(0, 1.5)
            .Line(sigma, Of(run => run.Bias.RootMeanSquareError), color: LabInks.Exact, width: 1.8, dash: Dash.Dashed,
                label: "exact p(σ), to p")
            .Line(sigma, Of(run => run.ToClean.RootMeanSquareError), color: LabInks.Implied, width: 2,
                marker: Marker.Circle, label: "network, to p")
            .Line(sigma, Of(run => run.ToNoised.RootMeanSquareError), color: LabInks.Centre, width: 1.8,
                marker: Marker.Square, label: "network, to p(σ)")
            .Legend(LegendPlacement.UpperLeft);
        Axis(figure[0, 1]).Title("What the loss is made of\nover D/σ², the loss of saying nothing").YLabel("share")
            .YLimits(0, 1.5)
            .Fill(
                sigma,
                Of(run => (run.Loss - run.LossDeviation) / run.ZeroLoss),
                Of(run => (run.Loss + run.LossDeviation) / run.ZeroLoss),
                LabInks.Implied, label: "± a step’s deviation")
            .Line(sigma, Of(run => run.Loss / run.ZeroLoss), color: LabInks.Implied, width: 2, marker: Marker.Circle,
                label: "network, last quarter")
            .Line(sigma, Of(run => run.Floor / run.ZeroLoss), color: LabInks.Exact, width: 1.6, dash: Dash.Dashed,
                label: "exact score: noise alone")
            .HorizontalLine(1, color: Ink.Muted, width: 1, dash: Dash.Dotted)
            .Legend(LegendPlacement.UpperRight);
        double scatter = runs[0].Samples.ToClean.NullError;
        Axis(figure[1, 0]).Title("Samples\nsquared energy distance to the data").XLabel("σ").YLabel("energy distance²")
            .LogY().YLimits(0.2 * scatter, 30)
            .Line(sigma, Of(run => Math.Max(run.Samples.ToClean.Value, 0.3 * scatter)), color: LabInks.Implied, width: 2,
                marker: Marker.Circle, label: "Langevin")
            .Line(sigma, Of(run => Math.Max(run.Denoised.ToClean.Value, 0.3 * scatter)), color: LabInks.Centre,
                width: 1.8, marker: Marker.Square, label: "Langevin, then denoised")
            .HorizontalLine(2 * scatter, color: Ink.Muted, label: "true samples: below")
            .Legend(LegendPlacement.UpperLeft);
        Axis(figure[1, 1]).Title("Width of the clusters\nstandard deviation of the samples").YLabel("standard deviation")
            .LogY().YLimits(0.08, 20)
            .Line(sigma, Of(run => run.Samples.Width), color: LabInks.Implied, width: 2, marker: Marker.Circle,
                label: "Langevin")
            .Line(sigma, Of(run => run.Denoised.Width), color: LabInks.Centre, width: 1.8, marker: Marker.Square,
                label: "Langevin, then denoised")
            .Line(sigma, sigma.Map(s => Math.Sqrt(LangevinPredictions.NoisedVariance(s))), color: LabInks.Exact, width: 1.4,
                dash: Dash.Dashed, label: "p(σ)")
            .HorizontalLine(Math.Sqrt(LangevinPredictions.CleanVariance), color: Ink.Muted, label: "data")
            .Legend(LegendPlacement.UpperLeft);
        return new LabFigure(
            "sigma",
            "Four curves over the noise: errors at the data, the loss and its floor, sample quality, and the samples' width.",
            figure);

        Column Of(Func<SigmaRun, double> value) => runs.Select(value).ToArray();
    }

    private static Panel Axis(Panel panel) => panel.LogX().XLabel("σ");
}
