namespace ScoreGpu.Viz.Pages;

/// <summary>
/// Places in a written page that are filled later, with links to pages that did not exist when it was written.
/// </summary>
internal static class PageSlots
{
    /// <summary>Beside the program's name, at the top.</summary>
    public const string Top = "slot-top";

    /// <summary>Between the last section and the footer.</summary>
    public const string End = "slot-end";

    /// <summary>An empty slot.</summary>
    public static Html Empty(string slot) => Html.Trusted($"<!--{slot}--><!--/{slot}-->");

    /// <summary>The page with a slot's content replaced; a page without the slot as it is.</summary>
    public static string Fill(string page, string slot, Html content)
    {
        string start = $"<!--{slot}-->";
        int from = page.IndexOf(start, StringComparison.Ordinal) + start.Length;
        int to = page.IndexOf($"<!--/{slot}-->", StringComparison.Ordinal);
        return to < from ? page : page[..from] + content.Markup + page[to..];
    }
}
