namespace ScoreGpu.Viz.Pages;

/// <summary>A table of numbers.</summary>
/// <param name="headings">The columns' headings; all but the leading text columns are aligned as numbers.</param>
/// <param name="textColumns">How many leading columns hold text.</param>
public sealed class PageTable(IReadOnlyList<Html> headings, int textColumns = 1)
{
    private readonly List<(Html[] Cells, bool IsStrong)> _rows = [];

    /// <summary>Adds a row.</summary>
    /// <exception cref="ArgumentException">It does not have as many cells as there are headings.</exception>
    public PageTable Row(params Html[] cells) => Add(cells, isStrong: false);

    /// <summary>Adds a row that stands out.</summary>
    /// <exception cref="ArgumentException">It does not have as many cells as there are headings.</exception>
    public PageTable StrongRow(params Html[] cells) => Add(cells, isStrong: true);

    /// <summary>The table.</summary>
    internal Html Render()
    {
        Html head = Html.Join(headings.Select((heading, i) => Html.Of(
            $"<th scope=\"col\"{Class(i)}>{heading}</th>")));
        Html body = Html.Join(_rows.Select(row => Html.Of(
            $"<tr{Html.Trusted(row.IsStrong ? " class=\"strong\"" : "")}>{Html.Join(row.Cells.Select(Cell))}</tr>\n")));
        return Html.Of(
            $"""
            <div class="table" tabindex="0" role="group"><table>
            <thead><tr>{head}</tr></thead>
            <tbody>
            {body}</tbody>
            </table></div>

            """);
    }

    private Html Cell(Html cell, int column) => Html.Of($"<td{Class(column)}>{cell}</td>");

    private Html Class(int column) => Html.Trusted(column < textColumns ? "" : " class=\"number\"");

    private PageTable Add(Html[] cells, bool isStrong)
    {
        if (cells.Length != headings.Count)
        {
            throw new ArgumentException($"cells has {cells.Length} cells; expected {headings.Count}.", nameof(cells));
        }

        _rows.Add((cells, isStrong));
        return this;
    }
}
