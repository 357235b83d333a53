using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.ScoreMatching.Text;

/// <summary>The lab's page.</summary>
internal static class ScoreMatchingPage
{
    /// <summary>Writes the page.</summary>
    public static Page Write(ILab lab, ScoreMatchingData data, PageFigures figures, LabRun run)
    {
        Page page = new(lab.Title, Html.Of($"draft {data.Sweep.Count}"));
        PageSection s = page.Section("all", "All", "All");
        foreach (string name in new[] { "losses", "fields", "alignment", "langevin", "widths", "summary", "identity", "cost", "sigma", "weights" })
        {
            s.Figure(figures[name], Html.Text(name));
        }

        return run.Sign(page);
    }
}
