using System.Globalization;

namespace ScoreGpu.Viz.Labs.FlowMatching.Figures;

/// <summary>Samples of Euler's method with few steps, on both paths, exact and trained.</summary>
internal static class EulerFigure
{
    private const int Shown = 800;

    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(FlowMatchingData data)
    {
        IReadOnlyList<int> steps = data.Settings.EulerSteps;
        Figure figure = new(11, 9.6, rows: 4, columns: steps.Count);
        for (int i = 0; i < steps.Count; i++)
        {
            int n = steps[i];
            Fill(figure[0, i], data.Exact("flow", "euler", n), "flow, exact", FlowInks.Flow, i == 0);
            Fill(figure[1, i], data.Trained("flow", n), "flow, network", FlowInks.Flow, i == 0);
            Fill(figure[2, i], data.Exact("vp", "euler", n), "VP, exact", FlowInks.Vp, i == 0);
            Fill(figure[3, i], data.Trained("vp", n), "VP, network", FlowInks.Vp, i == 0);
        }

        return new LabFigure(
            "euler",
            "Samples of Euler's method with 1, 2, 5, 10 and 50 steps on the straight path and on VP, with exact velocities "
            + "and with trained networks.",
            figure);
    }

    private static void Fill(Panel panel, EulerSamples samples, string row, Ink ink, bool isFirst)
    {
        string steps = samples.Steps == 1 ? "1 step" : $"{samples.Steps} steps";
        string energy = samples.Score.Energy.Value.ToString(
            samples.Score.Energy.Value < 0.1 ? "0.0000" : "0.00", CultureInfo.InvariantCulture).Replace('-', '−');
        panel
            .Title($"{steps}\n{energy}")
            .Square(FlowData.Reach)
            .NoAxes()
            .Scatter((Points)samples.Points[..Math.Min(samples.Points.Length, 2 * Shown)], color: ink, size: 1.8, alpha: 0.5);
        if (isFirst)
        {
            panel.YLabel(row);
        }
    }
}
