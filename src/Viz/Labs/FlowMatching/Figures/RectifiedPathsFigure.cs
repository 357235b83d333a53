using System.Globalization;
using ScoreGpu.Viz.Labs.Figures;

namespace ScoreGpu.Viz.Labs.FlowMatching.Figures;

/// <summary>Paths before and after each round, above the samples of one step.</summary>
internal static class RectifiedPathsFigure
{
    private const int Shown = 120;
    private const int ShownSamples = 1000;

    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(FlowMatchingData data)
    {
        IReadOnlyList<StraightenedFlow> rounds = data.Rectified.Rounds;
        Figure figure = new(10, 7.4, rows: 2, columns: rounds.Count);
        for (int i = 0; i < rounds.Count; i++)
        {
            StraightenedFlow flow = rounds[i];
            string straightness = flow.Shape.Straightness.ToString("0.0000", CultureInfo.InvariantCulture);
            string energy = flow.EnergyOf(1).ToString("0.0000", CultureInfo.InvariantCulture).Replace('-', '−');
            string name = i == 0 ? "Before" : $"Round {i}";
            figure[0, i]
                .Title($"{name}\nS = {straightness}")
                .Square(FlowData.Reach).NoGrid()
                .Trajectories(Paths(flow), color: FlowInks.Flow, width: 0.8, alpha: 0.75, markerSize: 0)
                .Scatter((Points)flow.Paths[..(2 * Math.Min(Shown, flow.PathCount))], color: FlowInks.Noise, size: 2.4)
                .Scatter(Ends(flow), color: FlowInks.Data, size: 2.4);
            float[] one = flow.ByStep.First(samples => samples.Steps == 1).Points;
            figure[1, i]
                .Title($"One Euler step\nenergy distance² {energy}")
                .Square(FlowData.Reach).NoGrid()
                .Scatter((Points)one[..Math.Min(one.Length, 2 * ShownSamples)], color: FlowInks.Flow, size: 1.8, alpha: 0.55)
                .Scatter(LabInks.Centres(FlowData.Mixture), color: LabInks.Centre, size: 6, marker: Marker.Cross);
        }

        return new LabFigure(
            "rectified-paths",
            "Above, the paths of the flow before and after each round of rectified flow; below, samples of one Euler step "
            + "from the same starts.",
            figure);
    }

    private static Points[] Paths(StraightenedFlow flow)
    {
        int shown = Math.Min(Shown, flow.PathCount);
        List<float> states = [];
        for (int frame = 0; frame < flow.Times.Count; frame += 4)
        {
            states.AddRange(flow.Paths.AsSpan(2 * flow.PathCount * frame, 2 * shown));
        }

        return Points.Paths([.. states], shown);
    }

    private static Points Ends(StraightenedFlow flow) =>
        flow.Paths.AsSpan(2 * flow.PathCount * (flow.Times.Count - 1), 2 * Math.Min(Shown, flow.PathCount)).ToArray();
}
