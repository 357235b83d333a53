namespace ScoreGpu.Viz.Labs.Sde.Figures;

/// <summary>The three processes on the line, side by side: marginals and paths.</summary>
internal static class ForwardFigure
{
    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(IReadOnlyList<ForwardStudy> studies)
    {
        Figure figure = new(11, 4.2, columns: studies.Count);
        for (int i = 0; i < studies.Count; i++)
        {
            ForwardStudy study = studies[i];
            double end = Math.Sqrt(study.Variances[^1].OfData);
            double reach = Math.Max(5.5, 2.6 * end);
            int steps = study.Shown[0].Length - 1;
            Points[] paths =
            [
                .. study.Shown.Select(path => Points.Of(
                    [.. path.Select((x, k) => ((double)k / steps, Math.Clamp(x, -reach, reach)))])),
            ];
            Panel panel = figure[0, i]
                .Title($"{study.Name}\np(x) at each t, and {paths.Length} paths")
                .XLimits(0, 1).YLimits(-reach, reach).NoGrid().XLabel("t")
                .Density(LineDensity.Of(study.Process, reach), tone: ToneMapping.Linear, peak: 1.4, alpha: 0.9)
                .Trajectories(paths, width: 0.9, alpha: 0.9, markerSize: 0);
            if (i == 0)
            {
                panel.YLabel("x");
            }
        }

        return new LabFigure(
            "forward",
            "Two peaks on the line dissolve under VP, VE and sub-VP: densities over time and a few random paths.",
            figure);
    }
}
