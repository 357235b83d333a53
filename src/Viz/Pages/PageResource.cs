namespace ScoreGpu.Viz.Pages;

/// <summary>The scripts and style sheets that lie beside the code as files of their own, packed into the assembly.
/// </summary>
internal static class PageResource
{
    /// <summary>A file's text.</summary>
    /// <param name="name">The file's path from this folder, with dots for slashes.</param>
    public static string Read(string name)
    {
        using Stream stream = typeof(PageResource).Assembly.GetManifestResourceStream(typeof(PageResource), name)
            ?? throw new InvalidOperationException($"{name} is not packed into the assembly.");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    /// <summary>A script as a page holds it, so that the page stays well-formed whatever the script compares.</summary>
    public static string AsWellFormed(string script) => $"//<![CDATA[\n{script}//]]>\n";
}
