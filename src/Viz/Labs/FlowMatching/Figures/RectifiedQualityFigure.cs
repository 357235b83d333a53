namespace ScoreGpu.Viz.Labs.FlowMatching.Figures;

/// <summary>Quality over steps, before and after each round.</summary>
internal static class RectifiedQualityFigure
{
    private static readonly Marker[] Markers = [Marker.Circle, Marker.Square, Marker.Triangle, Marker.Diamond];

    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(FlowMatchingData data)
    {
        Figure figure = new(10, 4.2, columns: 2);
        double floor = 0.4 * data.Truth.NullError;
        Panel quality = figure[0, 0]
            .Title("Quality of few steps\nsquared energy distance to data").XLabel("Euler steps")
            .YLabel("squared energy distance").LogX().LogY().XLimits(0.9, 58).YLimits(0.7 * floor, 200)
            .Fill(new[] { 0.9, 58 }, new[] { 0.7 * floor, 0.7 * floor }, new[] { data.Limit, data.Limit }, Ink.Slate, 0.18,
                "as near as data");
        StraightenedFlow[] flows = [.. data.Rectified.Rounds, data.Rectified.Control];
        for (int i = 0; i < flows.Length; i++)
        {
            quality.Line(
                flows[i].ByStep.Select(samples => (double)samples.Steps).ToArray(),
                flows[i].ByStep.Select(samples => Math.Clamp(samples.Score.Energy.Value, floor, 20)).ToArray(),
                InkOf(i, flows.Length), 2, i < flows.Length - 1 ? Dash.Solid : Dash.Dashed, marker: Markers[i % 4],
                label: flows[i].Label);
        }

        quality.Legend(LegendPlacement.UpperRight);
        Panel straightness = figure[0, 1]
            .Title("Straightness\nS, 0 for lines at constant speed").XLabel("round").YLabel("S").LogY().YLimits(1e-3, 1e3)
            .XLimits(-0.3, data.Rectified.Rounds.Count - 0.7)
            .Line(
                data.Rectified.Rounds.Select((_, i) => (double)i).ToArray(),
                data.Rectified.Rounds.Select(flow => flow.Shape.Straightness).ToArray(),
                FlowInks.Flow, 2, marker: Marker.Circle, markerSize: 7, label: "with the flow’s own pairs")
            .Line(
                Column.Even(1, 1.001, 2), Column.Even(1, 1, 2).Map(_ => data.Rectified.Control.Shape.Straightness), InkOf(flows.Length - 1, flows.Length), 0,
                marker: Marker.Diamond, markerSize: 8, label: data.Rectified.Control.Label)
            .HorizontalLine(data.Flow.Shape.Straightness, color: Ink.Muted, width: 1.2, label: "the exact flow");
        straightness.Legend(LegendPlacement.UpperRight);
        return new LabFigure(
            "rectified-quality",
            "Left: quality over Euler steps before and after each round, and of as much training without the flow's pairs. "
            + "Right: the straightness of each.",
            figure);
    }

    // The last is the control, whatever the number of rounds.
    private static Ink InkOf(int index, int count) => index == count - 1 ? Ink.Pink : Ink.Cycle(index);
}
