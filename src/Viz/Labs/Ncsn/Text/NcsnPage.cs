using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Ncsn.Text;

/// <summary>The lab's page.</summary>
internal static class NcsnPage
{
    /// <summary>Writes the page.</summary>
    public static Page Write(ILab lab, NcsnData data, PageFigures figures, LabRun run)
    {
        Page page = new(lab.Title, Html.Of($"{data.Model.Losses.Count}"));
        PageSection section = page.Section("a", "a", "a");
        foreach (LabFigure figure in Figures.NcsnFigures.Draw(data))
        {
            section.Figure(figures[figure.Name], Html.Text(figure.Alt));
        }

        return run.Sign(page);
    }
}
