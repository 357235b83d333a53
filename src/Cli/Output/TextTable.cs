namespace ScoreGpu.Cli.Output;

/// <summary>Columns of text under their headings, with spaces between them.</summary>
/// <param name="title">A line above the table; empty for none.</param>
/// <param name="headings">One a column; a heading that starts with a space sets its column to the right.</param>
internal sealed class TextTable(string title, params string[] headings)
{
    private readonly List<string[]> _rows = [[.. headings.Select(heading => heading.Trim())]];

    /// <summary>Adds a row, a cell a column.</summary>
    public void AddRow(params string[] cells) => _rows.Add(cells);

    /// <summary>Writes the table.</summary>
    public void Write(TextWriter output)
    {
        if (title.Length > 0)
        {
            output.WriteLine(title);
        }

        int[] widths = [.. headings.Select((_, column) => _rows.Max(row => row[column].Length))];
        foreach (string[] row in _rows)
        {
            IEnumerable<string> cells = row.Select((cell, column) =>
                headings[column].StartsWith(' ') ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
            output.WriteLine($"  {string.Join("  ", cells)}".TrimEnd());
        }
    }
}
