using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs;

/// <summary>A page's figures, by name.</summary>
/// <param name="figures">The figures.</param>
internal sealed class PageFigures(IEnumerable<PageFigure> figures)
{
    private readonly Dictionary<string, PageFigure> _byName = figures.ToDictionary(figure => figure.Name);

    /// <summary>A figure by its name.</summary>
    public PageFigure this[string name] => _byName[name];
}
