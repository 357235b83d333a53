using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.FlowMatching.Text;

/// <summary>The lab's page.</summary>
internal static class FlowMatchingPage
{
    /// <summary>Writes the page.</summary>
    public static Page Write(ILab lab, FlowMatchingData data, PageFigures figures, LabRun run)
    {
        Page page = new(lab.Title, Html.Of($"Draft {data.Seed.ToString()}."));
        PageSection section = page.Section("all", "All", "All figures");
        foreach (string name in new[] { "interpolations", "marginal-paths", "acceleration", "euler", "loss", "conversions", "equal-evaluations", "rectified-paths", "rectified-quality" })
        {
            section.Figure(figures[name], Html.Text(name));
        }

        return run.Sign(page);
    }
}
