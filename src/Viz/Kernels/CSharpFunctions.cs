using System.Net;
using System.Text.RegularExpressions;

namespace ScoreGpu.Viz.Kernels;

/// <summary>Finds the members of C# files by their layout: types at the margin, members one step in.</summary>
internal static partial class CSharpFunctions
{
    private const string Step = "    ";

    /// <summary>The methods and properties of a file, in order.</summary>
    public static IReadOnlyList<CodeFunction> Find(string file, string text)
    {
        string[] lines = text.Split('\n');
        List<CodeFunction> found = [];
        string type = "";
        for (int i = 0; i < lines.Length; i++)
        {
            if (TypeHead().Match(lines[i]) is { Success: true } match)
            {
                type = match.Groups[1].Value;
            }
            else if (type.Length > 0 && MemberHead().IsMatch(lines[i]))
            {
                int end = EndOf(lines, i);
                if (NameOf(lines[i..(end + 1)]) is string name)
                {
                    int start = StartOf(lines, i);
                    found.Add(new CodeFunction(type, name, file, start + 1, lines[start..(end + 1)]));
                }

                i = end;
            }
        }

        return found;
    }

    /// <summary>The comment above a file's first type, without its slashes.</summary>
    public static IReadOnlyList<string> TypeComment(string text) =>
    [
        .. text.Split('\n')
            .SkipWhile(line => !line.StartsWith("///", StringComparison.Ordinal))
            .TakeWhile(line => line.StartsWith("///", StringComparison.Ordinal))
            .Select(line => Plain(line.Length > 4 ? line[4..] : ""))
            .Where((line, index) => index > 0 || line.Length > 0),
    ];

    /// <summary>The summary of a file's first type, on one line.</summary>
    public static string TypeSummary(string text)
    {
        Match match = Summary().Match(text);
        return match.Success ? Plain(Space().Replace(match.Groups[1].Value, " ")).Trim() : "";
    }

    /// <summary>What a piece of a comment's XML says.</summary>
    private static string Plain(string xml) => WebUtility.HtmlDecode(Tag().Replace(Reference().Replace(xml, "$1"), ""));

    // A body ends with a brace where it began; all else ends with a semicolon.
    private static int EndOf(string[] lines, int start)
    {
        for (int i = start; i < lines.Length; i++)
        {
            if (lines[i] == Step + "}" || (!Inside(lines, start, i) && lines[i].TrimEnd().EndsWith(';'))
                || (i == start && lines[i].EndsWith('}')))
            {
                return i;
            }
        }

        return lines.Length - 1;
    }

    private static bool Inside(string[] lines, int start, int end)
    {
        for (int i = start; i <= end; i++)
        {
            if (lines[i] == Step + "{")
            {
                return true;
            }
        }

        return false;
    }

    private static int StartOf(string[] lines, int member)
    {
        int start = member;
        while (start > 0 && lines[start - 1].StartsWith(Step, StringComparison.Ordinal)
            && !lines[start - 1].EndsWith(';') && lines[start - 1] != Step + "}")
        {
            start--;
        }

        return start;
    }

    /// <summary>The name of a method or property; null for a field.</summary>
    private static string? NameOf(string[] member)
    {
        string text = string.Join(' ', member.Select(line => line.Trim()));
        int cut = text.IndexOf(" => ", StringComparison.Ordinal);
        int brace = text.IndexOf(" {", StringComparison.Ordinal);
        cut = cut < 0 || (brace >= 0 && brace < cut) ? brace : cut;
        string head = cut < 0 ? text : text[..cut];
        if (Parameters().Match(head) is { Success: true } method
            && !head[..method.Index].Contains(" = ", StringComparison.Ordinal))
        {
            return method.Groups[1].Value;
        }

        return cut < 0 || head.Contains(" = ", StringComparison.Ordinal) ? null : head[(head.LastIndexOf(' ') + 1)..];
    }

    [GeneratedRegex(@"^(?:[a-z]+ )*(?:class|struct|interface|record) (?:struct )?(\w+)")]
    private static partial Regex TypeHead();

    [GeneratedRegex(@"^    (?:public|internal|private|protected|static) ")]
    private static partial Regex MemberHead();

    [GeneratedRegex(@"\b(?!(?:public|internal|private|static|readonly|unsafe|ref)\b)(\w+)(?:<[^<>()]*>)?\(")]
    private static partial Regex Parameters();

    [GeneratedRegex(@"^///\s*<summary>(.*?)</summary>", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Summary();

    [GeneratedRegex(@"\s+(?:///\s*)?")]
    private static partial Regex Space();

    [GeneratedRegex("""<(?:see|paramref|typeparamref) (?:cref|name)="([^"]*)" ?/>""")]
    private static partial Regex Reference();

    [GeneratedRegex("</?(?:summary|remarks|code|c|para|list|item|description|term)\\b[^>]*>")]
    private static partial Regex Tag();
}
