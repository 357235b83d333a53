using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Ncsn.Text;

/// <summary>The lab's page.</summary>
internal static class NcsnPage
{
    /// <summary>Writes the page.</summary>
    public static Page Write(ILab lab, NcsnData data, PageFigures figures, LabRun run)
    {
        Page page = new(lab.Title, Html.Of($"{data.Model.Losses.Count}"));
        return run.Sign(page);
    }
}
