using ScoreGpu.Engine;
using ScoreGpu.Engine.Benchmarks;
using ScoreGpu.Viz.Files;
using ScoreGpu.Viz.Labs;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Benchmarks;

/// <summary>
/// The folder of a benchmark, <c>bench.json</c>, <c>bench.html</c> and the page's figures, or of a comparison,
/// <c>compare.html</c> and its figures. It changes only when all of them are complete.
/// </summary>
public sealed class BenchmarkFolder : IDisposable
{
    private const string PageName = "bench.html";
    private const string ComparisonName = "compare.html";
    private const double Dpi = 150;

    private readonly string _path;
    private readonly StagedFolder _folder;

    private BenchmarkFolder(string path) => (_path, _folder) = (path, StagedFolder.Prepare(path));

    /// <summary>Prepares a folder, before anything is measured.</summary>
    /// <param name="path">The folder; it and its parents are made where they are missing.</param>
    /// <exception cref="InputException">It cannot be written, or is a file.</exception>
    public static BenchmarkFolder Prepare(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return new BenchmarkFolder(path);
    }

    /// <summary>Writes everything and puts it in place.</summary>
    /// <param name="report">The benchmark.</param>
    /// <param name="theme">The theme of the figures' files.</param>
    /// <param name="cancellation">Stops it; the folder is then as before.</param>
    /// <returns>The path of the page.</returns>
    /// <exception cref="InputException">The folder can no longer be written.</exception>
    public string Write(BenchmarkReport report, Theme theme, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(theme);
        PageFigure[] figures = LabDrawing.Write(
            theme, _folder, BenchmarkFigures.Draw(report), Dpi, progress: null, cancellation);
        _folder.Write("bench.json", BenchmarkFile.ToText(report));
        _folder.Write(PageName, BenchmarkPage.Write(report, figures).ToHtml());
        cancellation.ThrowIfCancellationRequested();
        _folder.Commit(PageName);
        return Path.Combine(_path, PageName);
    }

    /// <summary>Writes a comparison and puts it in place.</summary>
    /// <param name="comparison">The two benchmarks.</param>
    /// <param name="theme">The theme of the figures' files.</param>
    /// <param name="cancellation">Stops it; the folder is then as before.</param>
    /// <returns>The path of the page.</returns>
    /// <exception cref="InputException">The folder can no longer be written.</exception>
    public string Write(BenchmarkComparison comparison, Theme theme, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(comparison);
        ArgumentNullException.ThrowIfNull(theme);
        PageFigure[] figures = LabDrawing.Write(
            theme, _folder, ComparisonFigures.Draw(comparison), Dpi, progress: null, cancellation);
        _folder.Write(ComparisonName, ComparisonPage.Write(comparison, figures).ToHtml());
        cancellation.ThrowIfCancellationRequested();
        _folder.Commit(ComparisonName);
        return Path.Combine(_path, ComparisonName);
    }

    /// <summary>Removes what was written, unless it is in place.</summary>
    public void Dispose() => _folder.Dispose();
}
