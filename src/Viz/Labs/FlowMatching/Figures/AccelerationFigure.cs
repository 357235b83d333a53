namespace ScoreGpu.Viz.Labs.FlowMatching.Figures;

/// <summary>Where on the way the exact paths accelerate, which is what Euler's method misses.</summary>
internal static class AccelerationFigure
{
    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(FlowMatchingData data)
    {
        Figure figure = new(10, 4.2, columns: 2);
        figure[0, 0]
            .Title("Acceleration\nmean ‖d²x/dt²‖ along the exact paths").XLabel("t (1 is noise, 0 data)")
            .YLabel("‖d²x/dt²‖").LogY().YLimits(0.05, 500);
        Curve(figure[0, 0], data.Vp, "VP (DDPM)");
        Curve(figure[0, 0], data.Flow, "flow matching");
        figure[0, 0].Legend(LegendPlacement.UpperRight);
        figure[0, 1]
            .Title("Where the velocity leads\ncosines on points of each t").XLabel("t").YLabel("mean cosine")
            .YLimits(-1.05, 1.1)
            .HorizontalLine(0, color: Ink.Muted, dash: Dash.Solid, width: 0.6)
            .Line(Times(data), data.Directions.Select(d => d.CosineToScore).ToArray(), color: Ink.Pink, width: 2.2,
                marker: Marker.Circle, label: "−u and the score")
            .Line(Times(data), data.Directions.Select(d => d.CosineToPair).ToArray(), color: FlowInks.Flow, width: 2.2,
                marker: Marker.Square, label: "u and the pair’s ε − x₀")
            .Line(Times(data), data.Directions.Select(d => d.OppositeShare).ToArray(), color: Ink.Yellow, width: 1.8,
                dash: Dash.Dashed, marker: Marker.Triangle, label: "share against the score")
            .Legend(LegendPlacement.LowerLeft);
        return new LabFigure(
            "acceleration",
            "Left: the mean acceleration of exact paths over t for both processes. Right: cosines between the velocity, "
            + "the score and the line of the pair over t.",
            figure);
    }

    private static void Curve(Panel panel, MarginalPaths paths, string label)
    {
        // The last step leads from a little noise to the data at once; its length is not the others'.
        double[] times = [.. paths.Times.Skip(1).SkipLast(2)];
        panel.Line(
            times, paths.Accelerations.Take(times.Length).ToArray(), color: FlowInks.Of(paths.Key), width: 2.2,
            label: label);
    }

    private static double[] Times(FlowMatchingData data) => [.. data.Directions.Select(direction => direction.Time)];
}
