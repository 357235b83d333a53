using ScoreGpu.Engine.Benchmarks.Ladder;
using ScoreGpu.Viz.Kernels;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Ladder.Text;

/// <summary>Files of source code on a page: each shown once, and pointed to afterwards.</summary>
internal sealed class SourceText
{
    /// <summary>What the page needs to show them.</summary>
    public const string Css = KernelPageStyle.Words +
        """
        .source { margin: 1.25rem 0; border: 1px solid var(--line); border-radius: 0.75rem; background: var(--code);
          overflow: hidden; }
        .source summary { padding: 0.55rem 1rem; cursor: pointer; font-size: 0.85rem; color: var(--soft); }
        .source pre { margin: 0; border: 0; border-top: 1px solid var(--line); border-radius: 0; font-size: 0.74rem;
          line-height: 1.5; max-height: 44rem; overflow: auto; }
        h3 .number { color: var(--accent); margin-right: 0.5rem; }

        """;

    private const int LongestOpen = 90;

    private readonly Dictionary<string, string> _shown = [];

    /// <summary>A file, or the way to where it was shown.</summary>
    /// <param name="file">Its place under <c>src</c>.</param>
    /// <param name="isOpen">Whether a short one is open at once.</param>
    public Html Show(string file, bool isOpen)
    {
        if (_shown.TryGetValue(file, out string? anchor))
        {
            return Html.Of($"<p><a href=\"#{anchor}\">{NameOf(file)}</a> is the source, shown above.</p>\n");
        }

        anchor = $"source-{_shown.Count + 1}";
        _shown.Add(file, anchor);
        string[] lines = WithoutHead(LadderSources.Read(file));
        Html code = Html.Join(lines.Select(CodeHighlighter.Line), "\n");
        Html open = Html.Trusted(isOpen && lines.Length <= LongestOpen ? " open=\"open\"" : "");
        return Html.Of(
            $"""
            <details class="source" id="{anchor}"{open}><summary><code>src/{file}</code>, {lines.Length} lines</summary>
            <pre tabindex="0"><code>{code}</code></pre></details>

            """);
    }

    private static string NameOf(string file) => file[(file.LastIndexOf('/') + 1)..];

    /// <summary>What follows the namespace.</summary>
    private static string[] WithoutHead(string text)
    {
        string[] lines = text.TrimEnd('\n').Split('\n');
        int head = Array.FindIndex(lines, line => line.StartsWith("namespace ", StringComparison.Ordinal));
        return lines[(head + 2)..];
    }
}
