using ScoreGpu.Viz.Files;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs;

/// <summary>Draws a lab's figures side by side and writes each as SVG and PNG.</summary>
internal static class LabDrawing
{
    /// <summary>Writes all figures in the theme that was asked for.</summary>
    /// <param name="theme">The theme of the files.</param>
    /// <param name="folder">Receives the files.</param>
    /// <param name="figures">The figures.</param>
    /// <param name="dpi">Pixels an inch of the PNG files.</param>
    /// <param name="progress">Told the share done.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>The figures as a page shows them, in both looks.</returns>
    public static PageFigure[] Write(
        Theme theme,
        StagedFolder folder,
        IReadOnlyList<LabFigure> figures,
        double dpi,
        IProgress<double>? progress,
        CancellationToken cancellation)
    {
        var drawn = new (PageFigure Figure, byte[] Png)[figures.Count];
        int done = 0;
        ParallelOptions options = new() { CancellationToken = cancellation };
        Parallel.For(0, figures.Count, options, i =>
        {
            (string name, string alt, Figure figure) = figures[i];
            figure.Theme = Theme.Light;
            string light = figure.ToSvg();
            figure.Theme = Theme.Dark;
            string dark = figure.ToSvg();
            figure.Theme = theme;
            drawn[i] = (new PageFigure(name, alt, light, dark), figure.ToPng(dpi));
            progress?.Report((double)Interlocked.Increment(ref done) / figures.Count);
        });
        foreach ((PageFigure figure, byte[] png) in drawn)
        {
            string path = $"{PageFigure.Folder}/{figure.Name}";
            folder.Write(path + ".svg", theme == Theme.Light ? figure.LightSvg : figure.DarkSvg);
            folder.Write(path + ".png", png);
        }

        return [.. drawn.Select(pair => pair.Figure)];
    }
}
