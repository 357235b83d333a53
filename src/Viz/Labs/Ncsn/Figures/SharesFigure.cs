using ScoreGpu.Viz.Labs.Figures;

namespace ScoreGpu.Viz.Labs.Ncsn.Figures;

/// <summary>The share of samples in each mode, on the even and on the uneven ring.</summary>
internal static class SharesFigure
{
    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(AnnealingStudy study)
    {
        Figure figure = new(10, 4.3, columns: 2);
        Band(figure[0, 0], study["annealed_learned"])
            .Title("Equal weights\nshare of the samples in each mode").YLabel("share").YLimits(0, 0.26)
            .Line(Shares(study["annealed_learned"]), LabInks.Implied, "annealed, network", Marker.Circle)
            .Line(Shares(study["annealed_exact"]), LabInks.Exact, "annealed, exact score", Marker.Square)
            .Line(Shares(study["single_learned"]), Ink.Pink, "σ = 0.01, network", Marker.Triangle)
            .Legend(LegendPlacement.UpperLeft);
        Band(figure[0, 1], study["uneven_annealed"])
            .Title("Weights 3 : 1 in turns\nexact score").YLimits(0, 0.34)
            .Line(Shares(study["uneven_annealed"]), LabInks.Exact, "annealed", Marker.Square)
            .Line(Shares(study["uneven_single"]), Ink.Pink, "σ = 0.01 alone", Marker.Triangle)
            .Legend(LegendPlacement.UpperLeft);
        return new LabFigure(
            "shares",
            "Shares of the modes with a band of what chance allows: annealed samples keep to it, samples of one level "
            + "need not.",
            figure);
    }

    // The weights ± 2 standard errors of a share.
    private static Panel Band(Panel panel, LangevinRun run)
    {
        double[] at = Modes(run);
        double[] errors =
            [.. run.Weights.Select(weight => 2.0 * Math.Sqrt(weight * (1.0 - weight) / run.Modes.Count))];
        return panel
            .XLabel("mode, counted from the right against the clock").XLimits(0.5, at.Length + 0.5)
            .Fill(
                at,
                run.Weights.Zip(errors, (weight, error) => weight - error).ToArray(),
                run.Weights.Zip(errors, (weight, error) => weight + error).ToArray(),
                color: LabInks.Density,
                alpha: 0.3,
                label: "weights ± 2 errors");
    }

    private static Panel Line(this Panel panel, double[] shares, Ink color, string label, Marker marker) => panel.Line(
        Enumerable.Range(1, shares.Length).Select(k => (double)k).ToArray(),
        shares,
        color: color,
        width: 1.6,
        marker: marker,
        markerSize: 6,
        label: label);

    private static double[] Modes(LangevinRun run) =>
        [.. Enumerable.Range(1, run.Weights.Count).Select(k => (double)k)];

    private static double[] Shares(LangevinRun run) => [.. run.Modes.Modes.Select(mode => mode.Share)];
}
