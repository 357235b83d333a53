using System.Globalization;
using ScoreGpu.Kernels.Dialect;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Kernels;

/// <summary>A page with a kernel's C# beside the OpenCL C that is generated from it, function by function and line by
/// line.</summary>
/// <remarks>One file of well-formed HTML that loads nothing else, in a light and a dark look.</remarks>
public sealed class KernelPage
{
    private const int MemberIndent = 4;

    private static readonly (string CSharp, string OpenCl, string Meaning)[] Words =
    [
        ("Grid.IdxX, Grid.DimX", "get_group_id(0), get_num_groups(0)", "which group this is, of how many"),
        ("Group.IdxX, Group.DimX", "get_local_id(0), GROUP_SIZE", "which work-item of the group this is, of how many"),
        ("Group.Barrier()", "barrier(…)", "nobody goes on before all of the group have come here"),
        ("SharedMemory.Allocate<float>(512)", "__local float name[512]", "memory that the group shares"),
        ("FloatView x", "__global float* x, int x_offset", "a view: a pointer and where it starts"),
        ("new float[16]", "float name[16]", "an array of the work-item's own: registers, if it fits"),
        ("MathF.FusedMultiplyAdd(a, b, c)", "fma(a, b, c)", "a·b + c, rounded once"),
    ];

    private readonly KernelDefinition _kernel;
    private readonly IReadOnlyList<(string Label, string Value)> _facts;
    private readonly List<CodeFunction> _csharp;

    private KernelPage(KernelDefinition kernel, IReadOnlyList<(string Label, string Value)> facts)
    {
        _kernel = kernel;
        _facts = facts;
        _csharp = [.. KernelSources.All.SelectMany(file => CSharpFunctions.Find(file.Key, file.Value))];
    }

    /// <summary>The document.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="facts">What is known of it, in the order to show.</param>
    public static string Render(KernelDefinition kernel, IReadOnlyList<(string Label, string Value)> facts)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        ArgumentNullException.ThrowIfNull(facts);
        return new KernelPage(kernel, facts).Render();
    }

    private string Render()
    {
        // The kernel itself is what a reader comes for; the functions that it calls follow in their order.
        CodeFunction[] blocks =
        [
            .. CFunctions.Split(_kernel.OpenClC).OrderByDescending(block => block.Name == _kernel.Name),
        ];
        List<(string Id, string Title, Html Body)> sections = [("kernel", "What it does", Head())];
        foreach (CodeFunction block in blocks)
        {
            CodeFunction? source = SourceOf(block);
            string title = block.Name.Length == 0 ? "Constants and structs"
                : block.Name == _kernel.Name ? "The kernel" : block.Name;
            string id = string.Create(CultureInfo.InvariantCulture, $"part-{sections.Count}");
            sections.Add((id, title, Pair(source, block)));
        }

        sections.Add(("words", "The words", Dictionary()));
        Html navigation = Html.Join(sections.Select(section => Html.Of(
            $"<a href=\"#{section.Id}\"><b>{section.Title}</b></a>\n")));
        Html main = Html.Join(sections.Select(section => Html.Of(
            $"<section id=\"{section.Id}\">\n<h2>{section.Title}</h2>\n{section.Body}</section>\n")));
        return Html.Of(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="color-scheme" content="light dark"/>
            <title>{_kernel.Name}</title>
            <style>
            {Html.Trusted(PageStyle.Css)}
            {Html.Trusted(KernelPageStyle.Css)}
            </style>
            <script>
            {Html.Trusted(PageScript.Early)}
            </script>
            </head>
            <body>
            <header>
            <div class="bar"><a class="home" href="#top">ScoreGpu</a>
            <button id="theme" type="button" aria-label="Change between the light and the dark look">◐</button></div>
            <div class="title" id="top"><h1>{_kernel.Name}</h1>
            <p class="lead">{KernelSummary.Of(_kernel)}</p></div>
            </header>
            <nav aria-label="Sections"><div>
            {navigation}</div></nav>
            <main>
            {main}</main>
            <footer><p>C# on the left, the OpenCL C 1.2 that is generated from it on the right. Lines with a tint say
            the same; the others have no counterpart of their own.</p></footer>
            <script>
            {Html.Trusted(PageScript.Late)}
            </script>
            </body>
            </html>

            """).Markup;
    }

    private Html Head()
    {
        string comment = string.Join('\n', CSharpFunctions.TypeComment(_kernel.CSharp)).Trim('\n');
        Html facts = Html.Join(_facts.Select(fact => Html.Of(
            $"<tr><td>{fact.Label}</td><td>{fact.Value}</td></tr>\n")));
        return Html.Of(
            $"""
            <div class="head"><pre><code>{comment}</code></pre></div>
            <div class="table facts"><table><tbody>
            {facts}</tbody></table></div>

            """);
    }

    private static Html Entry((string CSharp, string OpenCl, string Meaning) word)
    {
        Html names = Html.Of($"<td><code>{word.CSharp}</code></td><td><code>{word.OpenCl}</code></td>");
        return Html.Of($"<tr>{names}<td>{word.Meaning}</td></tr>\n");
    }

    private static Html Dictionary() => Html.Of(
        $"""
        <div class="table facts"><table>
        <thead><tr><th>C#</th><th>OpenCL C</th><th>meaning</th></tr></thead>
        <tbody>
        {Html.Join(Words.Select(Entry))}
        </tbody></table></div>

        """);

    private static Html Pair(CodeFunction? source, CodeFunction generated)
    {
        string[] left = [.. (source?.Lines ?? []).Select(line => Outdented(line).TrimEnd('\r'))];
        List<Html> rows = [];
        bool inRun = false;
        foreach (LinePair pair in LineAlignment.Align(left, generated.Lines))
        {
            if (inRun == pair.IsMatch)
            {
                // A narrow page shows the left lines of a run before its right ones.
                rows.Add(Html.Trusted(inRun ? "</div>\n" : "<div class=\"run\">\n"));
                inRun = !inRun;
            }

            Html first = Cell(left, pair.Left, source?.FirstLine ?? 0, "left");
            Html second = Cell(generated.Lines, pair.Right, generated.FirstLine, "right");
            rows.Add(Html.Of($"<div class=\"{(pair.IsMatch ? "line match" : "line")}\">{first}{second}</div>\n"));
        }

        rows.Add(Html.Trusted(inRun ? "</div>\n" : ""));
        string layout = source is null ? "pair alone" : "pair";
        return Html.Of(
            $"""
            <div class="{layout}">
            <div class="names"><span>C#{(source is null ? "" : $" · {source.File}")}</span><span>OpenCL C</span></div>
            {Html.Join(rows)}</div>

            """);
    }

    private static Html Cell(IReadOnlyList<string> lines, int index, int firstLine, string side)
    {
        if (index < 0)
        {
            return Html.Of($"<b class=\"{side} none\"></b><code class=\"{side} none\"></code>");
        }

        string line = lines[index];
        Html code = CodeHighlighter.Line(line);
        string number = (firstLine + index).ToString(CultureInfo.InvariantCulture);
        string indent = (line.Length - line.TrimStart().Length).ToString(CultureInfo.InvariantCulture);
        return Html.Of(
            $"<b class=\"{side}\">{number}</b><code class=\"{side}\" style=\"--i:{indent}\">{code}</code>");
    }

    private static string Outdented(string line) =>
        line.StartsWith("    ", StringComparison.Ordinal) ? line[MemberIndent..] : line;

    /// <summary>The C# that a function was generated from; null where it has no single place.</summary>
    private CodeFunction? SourceOf(CodeFunction generated)
    {
        if (generated.Name.Length == 0)
        {
            return null;
        }

        if (generated.Name == _kernel.Name)
        {
            string[] path = _kernel.Method.Split('.');
            return _csharp.FirstOrDefault(function => function.Type == path[^2] && function.Name == path[^1]);
        }

        // Type, its type arguments, method, its type arguments and memories: the longest that fits names the most.
        string name = $"{generated.Name}_";
        return _csharp
            .Where(function => name.StartsWith($"{function.Type}_", StringComparison.Ordinal)
                && name[function.Type.Length..].Contains($"_{function.Name}_", StringComparison.Ordinal))
            .MaxBy(function => function.Type.Length + function.Name.Length);
    }
}
