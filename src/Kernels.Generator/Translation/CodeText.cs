using System.Text;

namespace ScoreGpu.Kernels.Generator.Translation;

/// <summary>Lines of generated C with indentation; lines that are too long are folded.</summary>
internal sealed class CodeText
{
    private const int Width = 110;

    private readonly StringBuilder _text = new();
    private int _depth;

    internal void Indent() => _depth++;

    internal void Outdent() => _depth--;

    internal void Line(string line = "")
    {
        if (line.Length == 0)
        {
            _text.Append('\n');
            return;
        }

        if (line.StartsWith("//", StringComparison.Ordinal) && line.EndsWith("\\", StringComparison.Ordinal))
        {
            // C would take the next line into the comment.
            line += " .";
        }

        string indent = new(' ', 4 * _depth);
        string rest = indent + line;
        while (rest.Length > Width && !line.StartsWith("//", StringComparison.Ordinal)
            && FoldAt(rest) is { } at)
        {
            _text.Append(rest, 0, at).Append('\n');
            rest = indent + "    " + rest.Substring(at).TrimStart();
        }

        _text.Append(rest).Append('\n');
    }

    /// <summary>A blank line, unless there is one already or a block has just begun.</summary>
    internal void Gap()
    {
        int length = _text.Length;
        bool isOpen = length >= 2 && _text[length - 2] == '{';
        bool isBlank = length >= 2 && _text[length - 2] == '\n';
        if (length > 0 && !isOpen && !isBlank)
        {
            _text.Append('\n');
        }
    }

    internal void Open(string? head = null)
    {
        if (head is not null)
        {
            Line(head);
        }

        Line("{");
        Indent();
    }

    internal void Close(string tail = "}")
    {
        Outdent();
        Line(tail);
    }

    public override string ToString() => _text.ToString();

    /// <summary>The place with the fewest parentheses around it, the later the better; null if there is none.</summary>
    private static int? FoldAt(string line)
    {
        int start = line.Length - line.TrimStart().Length;
        int depth = 0;
        int bestDepth = int.MaxValue;
        int? best = null;
        int? assigned = null;
        for (int i = start; i < Width; i++)
        {
            char c = line[i];
            depth += c is '(' or '[' or '{' ? 1 : c is ')' or ']' or '}' ? -1 : 0;
            assigned ??= depth == 0 && c == ' ' && line[i - 1] == '=' && i > start + 2 ? i : null;
            bool afterComma = c == ' ' && line[i - 1] == ',';
            bool beforeOperator = c == ' ' && i + 2 < line.Length && line[i + 2] is ' ' or '&' or '|'
                && "+-*/?:&|".IndexOf(line[i + 1]) >= 0;
            if ((afterComma || beforeOperator) && i > start + 30 && depth <= bestDepth)
            {
                best = i;
                bestDepth = depth;
            }
        }

        // The whole right side on a line of its own is easier to read than a cut deep within it.
        bool fits = assigned is { } at && line.Length - at + start + 4 <= Width;
        return fits && bestDepth > 1 ? assigned : best ?? assigned;
    }
}
