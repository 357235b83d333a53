namespace ScoreGpu.Viz.Pages;

/// <summary>A figure as a page embeds it: in both themes, of which the page shows one.</summary>
/// <param name="Name">The name of its files beside the page, without extension.</param>
/// <param name="Alt">What it shows, for those who do not see it.</param>
/// <param name="LightSvg">The SVG document in the light theme.</param>
/// <param name="DarkSvg">The SVG document in the dark theme.</param>
/// <param name="IsWide">Whether a narrow screen scrolls it instead of shrinking it.</param>
public sealed record PageFigure(string Name, string Alt, string LightSvg, string DarkSvg, bool IsWide = true)
{
    /// <summary>The folder of the figures' files, relative to the page.</summary>
    public const string Folder = "figures";

    /// <summary>The figure without its caption.</summary>
    internal Html Render() => Html.Of(
        $"""
        <div class="frame{(IsWide ? " wide" : "")}" tabindex="0" role="group" aria-label="{Alt}">
        <img class="only-light" alt="{Alt}" src='{Uri(LightSvg)}'/>
        <img class="only-dark" alt="{Alt}" src='{Uri(DarkSvg)}'/>
        </div>

        """);

    /// <summary>Links to its files beside the page.</summary>
    internal Html Links() => Html.Of(
        $"""
         <span class="files"><a href="{Folder}/{Name}.svg">SVG</a>
        <a href="{Folder}/{Name}.png">PNG</a></span>
        """);

    // An image of its own, not markup of the page: a page of a hundred thousand elements scrolls badly. Only what an
    // address or an attribute cannot hold is encoded, as Base64 would add a third, and again to images within.
    private static Html Uri(string svg) => Html.Trusted("data:image/svg+xml;charset=utf-8," + svg
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("#", "%23", StringComparison.Ordinal)
        .Replace("&", "%26", StringComparison.Ordinal)
        .Replace("<", "%3C", StringComparison.Ordinal)
        .Replace("'", "%27", StringComparison.Ordinal)
        .Replace("\n", "%0A", StringComparison.Ordinal));
}
