using ScoreGpu.Tests.Engine;
using ScoreGpu.Tests.Viz.Pages.Browser;
using ScoreGpu.Viz;
using ScoreGpu.Viz.Labs;

namespace ScoreGpu.Tests.Viz.Labs;

/// <summary>What holds of everything that a lab writes.</summary>
public abstract class LabTests(QuickLab lab, Chromium browser) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private protected QuickLab Lab => lab;

    private protected abstract LabContents Expected { get; }

    private protected string PathOf(string file) => _folder.PathOf(file);

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>The same command with less to do.</summary>
    private protected virtual string Shorten(string command) => command;

    [Fact]
    public Task The_page_is_sound_in_a_browser() => PageCheck.RequireSound(browser, lab.Result.Page);

    [Fact]
    public void The_result_names_exactly_the_files_that_are_there()
    {
        string[] expected =
        [
            .. FigureFiles().Concat(Expected.Files).Append("index.html").Append("results.json")
                .Order(StringComparer.Ordinal),
        ];
        string[] found =
        [
            .. Directory.GetFiles(lab.Output, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(lab.Output, file).Replace('\\', '/')).Order(StringComparer.Ordinal),
        ];

        Assert.Equal(expected, found);
        Assert.Equal(expected, lab.Result.Files);
        Assert.All(expected, file => Assert.True(new FileInfo(lab.PathOf(file)).Length > 0, file));
        Assert.Single(Directory.GetFileSystemEntries(Path.GetDirectoryName(lab.Output)!));
    }

    [Fact]
    public void Every_figure_is_there_as_svg_and_png() => Assert.All(Expected.Figures, figure =>
    {
        string path = lab.PathOf($"figures/{figure}");
        Assert.StartsWith("<svg", File.ReadAllText(path + ".svg"), StringComparison.Ordinal);
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], File.ReadAllBytes(path + ".png").Take(4));
    });

    [Fact]
    public void Anchors_of_the_page_lead_to_its_sections()
    {
        Assert.Equal(Expected.Sections, lab.Page.SectionIds);
        Assert.Equal(["top", .. Expected.Sections], lab.Page.Anchors);
        Assert.Equal(lab.Page.Ids.Distinct(), lab.Page.Ids);
        Assert.All(lab.Page.Anchors, anchor => Assert.Contains(anchor, lab.Page.Ids));
    }

    [Fact]
    public void The_page_loads_nothing_and_links_to_files_beside_it()
    {
        Assert.Equal(2 * Expected.Figures.Length, lab.Page.Sources.Length);
        Assert.All(lab.Page.Sources, source => Assert.StartsWith("data:", source, StringComparison.Ordinal));
        Assert.All(["https:", "@import", "<link"], loading =>
            Assert.DoesNotContain(loading, lab.Page.Markup, StringComparison.Ordinal));
        string[] expected =
        [
            .. FigureFiles().Append("results.json"),
            .. Expected.Files.Where(file => !file.EndsWith(".npy", StringComparison.Ordinal)),
        ];
        Assert.Equal(expected.Order(StringComparer.Ordinal), lab.Page.Links.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_page_asks_before_it_tells_and_shows_every_figure()
    {
        Assert.Equal(Expected.Predictions, lab.Page.Predictions.Length);
        Assert.Equal(Expected.Moving, lab.Page.Moving.Length);
        Assert.Equal(Expected.Figures.Length + Expected.Moving, lab.Page.Captions.Length);
    }

    [Fact]
    public void Numbers_of_the_page_are_those_of_the_results()
    {
        PageNumbers numbers = new(lab.Results);

        Assert.False(numbers.Explain("0.57721566"));
        string[] untraced = numbers.Untraced(lab.Page, out int count);
        Assert.True(count >= Expected.Numbers, $"{count} numbers");
        Assert.True(untraced.Length == 0, string.Join('\n', untraced));
    }

    [Fact]
    public void Commands_of_the_page_run_and_make_the_same_files()
    {
        string[] commands =
        [
            .. lab.Page.Typed.Concat(lab.Page.Made).Distinct()
                .Where(command => !command.StartsWith("scoregpu lab ", StringComparison.Ordinal)),
        ];
        Assert.Equal(Expected.Commands, commands.Length);
        foreach (string file in Expected.Given)
        {
            File.Copy(lab.PathOf(file), PathOf(file));
        }

        PageCommands.Run(commands.Select(Shorten), _folder);
        Assert.All(
            Expected.Remade, file => Assert.Equal(File.ReadAllBytes(lab.PathOf(file)), File.ReadAllBytes(PathOf(file))));
        AfterCommands();
    }

    [Fact]
    public void The_same_seed_gives_the_same_results_in_any_look_on_any_number_of_threads()
    {
        LabResult again = lab.Run(threads: 1, Theme.Dark, PathOf("again"));

        Assert.Equal(LabResults.WithoutTimes(lab.Results), LabResults.WithoutTimes(LabResults.Read(again.Folder)));
        Assert.All(Expected.Files, file =>
            Assert.Equal(File.ReadAllBytes(lab.PathOf(file)), File.ReadAllBytes(Path.Combine(again.Folder, file))));
    }

    [Fact]
    public void Progress_rises_to_the_end()
    {
        IReadOnlyList<LabProgress> reports = lab.Steps.Reports;

        Assert.Equal(1.0, reports[^1].Share);
        Assert.All(reports, report => Assert.InRange(report.Share, 0.0, 1.0));
        Assert.Equal(
            lab.Result.Stages.Select(stage => stage.Name).Append("done"),
            reports.Select(report => report.Stage).Distinct());
    }

    /// <summary>What else holds of the files that the commands made.</summary>
    private protected virtual void AfterCommands()
    {
    }

    private IEnumerable<string> FigureFiles() =>
        Expected.Figures.SelectMany(figure => new[] { $"figures/{figure}.png", $"figures/{figure}.svg" });
}
