using System.Text.RegularExpressions;

namespace ScoreGpu.Tests.Docs;

/// <summary>The pages name files that exist, and papers that the bibliography has.</summary>
public sealed partial class DocumentationTests
{
    private const string Mathematics = "docs/mathematics.md";

    private static readonly string[] s_pages =
    [
        .. Repository.Files("docs", ".md"),
        Path.Combine(Repository.Root, "CONTRIBUTING.md"),
        Path.Combine(Repository.Root, "README.md"),
    ];

    // Where pages begin the path of a file, besides the folder of the solution.
    private static readonly string[] s_roots =
        ["", "src", "src/Engine", "src/Kernels", "src/Kernels.Generator", "src/Viz", "tests"];

    [Fact]
    public void Every_file_that_a_page_names_exists()
    {
        HashSet<string> names =
        [
            .. new[] { "src", "tests", "bench", "samples" }
                .SelectMany(folder => Repository.Files(folder, ".cs"))
                .Select(path => Path.GetFileName(path)),
        ];
        List<string> missing = [];
        foreach (string page in s_pages)
        {
            string text = File.ReadAllText(page);
            foreach (string path in NamedFile().Matches(text).Select(match => match.Value.TrimEnd('/', '.')))
            {
                bool exists = path.Contains('/', StringComparison.Ordinal)
                    ? s_roots.Any(root => Exists(Path.Combine(Repository.Root, root, path)))
                    : names.Contains(path);
                if (!exists)
                {
                    missing.Add($"{Path.GetFileName(page)}: {path}");
                }
            }

            foreach (string target in Link().Matches(text).Select(match => match.Groups[1].Value))
            {
                if (!Exists(Path.Combine(Path.GetDirectoryName(page)!, target)))
                {
                    missing.Add($"{Path.GetFileName(page)}: link to {target}");
                }
            }
        }

        Assert.Empty(missing);
    }

    [Fact]
    public void The_check_of_paths_sees_paths()
    {
        const string Text =
            "`src/Engine/Samplers/DdimSampler.cs`, `Training/Objective.cs`, [x](a.md#b), `Nowhere.cs`, docs/a.md.";
        Assert.Equal(
            ["src/Engine/Samplers/DdimSampler.cs", "Training/Objective.cs", "Nowhere.cs", "docs/a.md"],
            NamedFile().Matches(Text).Select(match => match.Value.TrimEnd('.')));
        Assert.Equal(["a.md"], Link().Matches(Text).Select(match => match.Groups[1].Value));
    }

    [Fact]
    public void Every_paper_that_is_cited_is_in_the_bibliography_and_every_paper_there_is_cited()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, Mathematics));
        int start = page.IndexOf("## Bibliography", StringComparison.Ordinal);
        Assert.True(start > 0);
        string[] listed = [.. Numbers(page[start..])];
        Assert.Equal(listed.Length, listed.Distinct().Count());

        var cited = Repository.Files("src", ".cs").Concat(s_pages)
            .SelectMany(path => Numbers(
                path.EndsWith(Mathematics, StringComparison.Ordinal) ? page[..start] : File.ReadAllText(path)));
        Assert.Equal(cited.Distinct().Order(StringComparer.Ordinal), listed.Order(StringComparer.Ordinal));
    }

    private static bool Exists(string path)
    {
        if (!path.Contains('*', StringComparison.Ordinal))
        {
            return Path.Exists(path);
        }

        string folder = Path.GetDirectoryName(path)!;
        return Directory.Exists(folder) && Directory.GetFiles(folder, Path.GetFileName(path)).Length > 0;
    }

    private static IEnumerable<string> Numbers(string text) =>
        Paper().Matches(text).Select(match => match.Groups[1].Value);

    /// <summary>Paths from a folder of the solution, and names of C# files, with folders before them or without.</summary>
    [GeneratedRegex(@"(?<![\w/.])((src|tests|samples|docs|bench|\.ci)/[\w./*-]*[\w*]|([\w.-]+/)*[\w.*-]+\.cs\b)")]
    private static partial Regex NamedFile();

    [GeneratedRegex(@"\]\((?!https?:|#)([^)#]+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"arXiv:(\d{4}\.\d{4,5})")]
    private static partial Regex Paper();
}
