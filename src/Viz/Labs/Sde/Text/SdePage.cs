using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Sde.Text;

/// <summary>The lab's page.</summary>
internal static class SdePage
{
    /// <summary>Writes the page.</summary>
    public static Page Write(ILab lab, SdeData data, PageFigures figures, LabRun run)
    {
        Page page = new(lab.Title, Html.Of($"{data.Settings.Hidden}"));
        PageSection section = page.Section("x", "x", "x");
        foreach (string name in new[] { "zeros", "tweedie", "forward", "marginals", "variance", "ve-reverse", "paths", "limit", "likelihood", "traces", "orders", "quality", "corrector", "same-marginals", "fokker-planck" })
        {
            section.Figure(figures[name], Html.Text(name));
        }

        return run.Sign(page);
    }
}
