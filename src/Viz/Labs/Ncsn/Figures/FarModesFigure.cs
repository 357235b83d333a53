using ScoreGpu.Viz.Labs.Figures;

namespace ScoreGpu.Viz.Labs.Ncsn.Figures;

/// <summary>How long a hop between two modes takes, and what R̂ says of chains that have not mixed.</summary>
internal static class FarModesFigure
{
    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(FarModes far)
    {
        double[] distances = [.. far.Pairs.Select(pair => pair.Distance)];
        ModePair[] hopping = [.. far.Pairs.Where(pair => pair.Hops > 0)];
        Figure figure = new(10, 4.5, columns: 2);
        figure[0, 0]
            .Title("Steps of a hop").XLabel("distance / standard deviation").YLabel("steps").LogY()
            .Line(distances, Of(pair => pair.ExpectedStepsPerHop), color: LabInks.Exact, width: 2.2,
                label: "mean first-passage time")
            .Scatter(
                new Points(
                    hopping.Select(pair => pair.Distance).ToArray(),
                    hopping.Select(pair => pair.StepsPerHop).ToArray()),
                color: LabInks.Implied, size: 8, label: "chains")
            .Legend(LegendPlacement.UpperLeft);
        figure[0, 1]
            .Title("R̂ − 1\nof the ranks").XLabel("distance / standard deviation").YLabel("R̂ − 1").LogY()
            .HorizontalLine(ModePair.RHatLimit - 1.0, color: LabInks.Centre, label: "usual limit")
            .Line(distances, Of(pair => Excess(pair.BothSides.RankSplitRHat)), color: LabInks.Density, width: 2,
                marker: Marker.Circle, label: "started in both modes")
            .Line(distances, Of(pair => Excess(pair.OneSide.RankSplitRHat)), color: Ink.Pink, width: 2,
                marker: Marker.Triangle, label: "started in one mode")
            .Legend(LegendPlacement.UpperLeft);
        return new LabFigure(
            "far-modes",
            "Left: the steps of a hop grow exponentially with the distance of the modes. Right: R̂ of chains from both modes "
            + "rises, and R̂ of chains from one mode falls again where they never leave it.",
            figure);

        double[] Of(Func<ModePair, double> value) => [.. far.Pairs.Select(value)];

        static double Excess(double value) => Math.Max(value - 1.0, 1e-5);
    }
}
