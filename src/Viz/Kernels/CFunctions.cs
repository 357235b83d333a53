using System.Text.RegularExpressions;

namespace ScoreGpu.Viz.Kernels;

/// <summary>Takes a generated program apart into its functions.</summary>
internal static partial class CFunctions
{
    /// <summary>The functions of a program in order; before them, without a name, what comes above the first, less the
    /// comment at the head of the file.</summary>
    public static IReadOnlyList<CodeFunction> Split(string text)
    {
        string[] lines = text.TrimEnd('\n').Split('\n');
        List<CodeFunction> found = [];
        int start = 0;
        while (start < lines.Length && lines[start].StartsWith("//", StringComparison.Ordinal))
        {
            start++;
        }

        for (int i = start; i < lines.Length; i++)
        {
            if (!FunctionHead().IsMatch(lines[i]))
            {
                continue;
            }

            int first = i;
            while (first > start && lines[first - 1].StartsWith("//", StringComparison.Ordinal))
            {
                first--;
            }

            Add(found, "", lines, start, first);
            int end = Array.IndexOf(lines, "}", i);
            end = end < 0 ? lines.Length - 1 : end;
            Add(found, NameOf(lines[i..(end + 1)]), lines, first, end + 1);
            start = end + 1;
            i = end;
        }

        Add(found, "", lines, start, lines.Length);
        return found;
    }

    private static void Add(List<CodeFunction> found, string name, string[] lines, int start, int end)
    {
        while (start < end && lines[start].Length == 0)
        {
            start++;
        }

        while (end > start && lines[end - 1].Length == 0)
        {
            end--;
        }

        if (end > start)
        {
            found.Add(new CodeFunction("", name, "", start + 1, lines[start..end]));
        }
    }

    private static string NameOf(string[] lines) => lines
        .TakeWhile(line => line != "{")
        .SelectMany(line => Called().Matches(line).Select(match => match.Groups[1].Value))
        .FirstOrDefault(name => !name.StartsWith("__", StringComparison.Ordinal) && name != "reqd_work_group_size", "");

    [GeneratedRegex(@"^(?:static |inline |__kernel|extern )(?!.*;$)")]
    private static partial Regex FunctionHead();

    [GeneratedRegex(@"(\w+)\(")]
    private static partial Regex Called();
}
