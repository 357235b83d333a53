using System.Text.RegularExpressions;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Kernels;

/// <summary>Marks the words of a line of C# or C by what they are.</summary>
internal static partial class CodeHighlighter
{
    private static readonly HashSet<string> Keywords = new(StringComparer.Ordinal)
    {
        "public", "private", "internal", "static", "readonly", "const", "return", "if", "else", "for", "while", "do",
        "switch", "case", "break", "continue", "default", "new", "struct", "class", "where", "typeof", "nameof", "ref",
        "in", "out", "is", "unsafe", "and", "or", "not", "this", "var", "using", "namespace", "sizeof", "true", "false", "extern",
        "inline", "restrict", "typedef", "__kernel", "__global", "__local", "__private", "__constant", "__attribute__",
        "__shared__", "__device__", "__global__", "__forceinline__", "__restrict__", "__launch_bounds__",
    };

    private static readonly HashSet<string> Types = new(StringComparer.Ordinal)
    {
        "int", "uint", "long", "ulong", "short", "ushort", "byte", "sbyte", "char", "uchar", "bool", "float", "double",
        "void", "unsigned", "FloatView", "IntView", "UIntView", "View",
    };

    // What runs in parallel, in either language: the indices, barriers, shared memory, atomics.
    private static readonly HashSet<string> Parallel = new(StringComparer.Ordinal)
    {
        "Grid", "Group", "SharedMemory", "Atomic", "get_group_id", "get_local_id", "get_num_groups", "get_local_size",
        "get_global_id", "barrier", "GROUP_SIZE", "CLK_LOCAL_MEM_FENCE", "CLK_GLOBAL_MEM_FENCE",
        "reqd_work_group_size", "Kernel", "KernelInstance", "KernelCost", "threadIdx", "blockIdx", "gridDim",
        "blockDim", "__syncthreads",
    };

    /// <summary>The line as markup.</summary>
    public static Html Line(string line)
    {
        string trimmed = line.TrimStart();
        if (trimmed.StartsWith("///", StringComparison.Ordinal))
        {
            return Mark("c", line);
        }

        List<Html> pieces = [];
        int at = 0;
        foreach (Match match in Token().Matches(line))
        {
            pieces.Add(Html.Text(line[at..match.Index]));
            pieces.Add(KindOf(match.Value) is string kind ? Mark(kind, match.Value) : Html.Text(match.Value));
            at = match.Index + match.Length;
        }

        pieces.Add(Html.Text(line[at..]));
        return Html.Join(pieces);
    }

    private static string? KindOf(string token) => token[0] switch
    {
        '/' => "c",
        '"' => "s",
        '#' => "d",
        _ when char.IsDigit(token[0]) => "n",
        _ when Parallel.Contains(token) || token.StartsWith("atomic", StringComparison.Ordinal) => "p",
        _ when Types.Contains(token) => "t",
        _ when Keywords.Contains(token) => "k",
        _ => null,
    };

    private static Html Mark(string kind, string text) => Html.Of($"<span class=\"{kind}\">{text}</span>");

    [GeneratedRegex(@"//.*|""(?:[^""\\]|\\.)*""|^\s*#\s*\w+|[0-9][\w.]*|\w+")]
    private static partial Regex Token();
}
