using System.Text.Json;
using System.Xml.Linq;
using ScoreGpu.Cli;
using ScoreGpu.Tests.Engine;
using ScoreGpu.Tests.Viz.Pages.Browser;
using ScoreGpu.Viz.Labs;

namespace ScoreGpu.Tests.Viz.Labs.Front;

/// <summary><c>lab all</c>, on labs that take no time.</summary>
public sealed class AllLabsTests(Chromium browser) : IDisposable
{
    private static readonly TinyLab[] Three = [new("first"), new("second"), new("third")];

    private readonly TemporaryFolder _folder = new();
    private readonly CancellationTokenSource _source = new();

    private string Shelf => _folder.PathOf("shelf");

    public void Dispose()
    {
        _folder.Dispose();
        _source.Dispose();
    }

    [Fact]
    public void Every_lab_is_run_and_the_front_page_covers_it()
    {
        JsonElement json = JsonDocument.Parse(Succeed(Three, "all", "--seed", "3", "--json")).RootElement;
        LabPage front = Load("index.html");

        Assert.Equal(Path.Combine(Shelf, "index.html"), json.GetProperty("page").GetString());
        Assert.Equal(3u, json.GetProperty("seed").GetUInt64());
        Assert.Equal(["first", "second", "third"], json.GetProperty("labs").EnumerateArray()
            .Select(lab => lab.GetProperty("name").GetString()));
        Assert.Equal(3.25, json.GetProperty("labs")[1].GetProperty("findings").GetProperty("plain").GetDouble());
        Assert.Equal(
            ["first", "run", "second", "third"],
            front.SectionIds.Order());
        Assert.Contains("The lab <second> & more", front.Elements("h2").Select(title => title.Value));
        Assert.Equal(
            ["3.25", "–", "0", "1,000", "2,000", "3,000", "4,000"],
            front["second"].Descendants("dd").Select(value => value.Value));

        // Covers in both looks, taken over as they are.
        string[] covers = [.. front["second"].Descendants("img").Select(image => (string)image.Attribute("src")!)];
        XElement figure = Load("second/index.html").Elements("figure").Last();
        Assert.Equal(figure.Descendants("img").Select(image => (string)image.Attribute("src")!), covers);
        Assert.All(front.Links, link => Assert.True(File.Exists(Path.Combine(Shelf, link)), link));
        Assert.DoesNotContain("http", front.Markup
            .Replace("http://www.w3.org/2000/svg", "", StringComparison.Ordinal)
            .Replace("http://www.w3.org/1999/xlink", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Pages_lead_to_their_neighbours_and_back()
    {
        Succeed(Three, "all");

        Assert.Equal(["../index.html", "../second/index.html"], Links("first"));
        Assert.Equal(["../index.html", "../first/index.html", "../third/index.html"], Links("second"));
        Assert.Equal(["../index.html", "../second/index.html"], Links("third"));

        // One lab anew in the same place takes its place again.
        Succeed(Three, "second", "--seed", "5");
        Assert.Equal(["../index.html", "../first/index.html", "../third/index.html"], Links("second"));
        Assert.Equal("5.25", Load("index.html")["second"].Descendants("dd").First().Value);
        string all = File.ReadAllText(Path.Combine(Shelf, "second/index.html"));

        // Elsewhere it knows of no others.
        Succeed(Three, "second", "--seed", "5", "--out", _folder.PathOf("alone"));
        Assert.DoesNotContain("../", File.ReadAllText(_folder.PathOf("alone/index.html")), StringComparison.Ordinal);
        Assert.Contains("../", all, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stopped_run_leaves_what_was_finished()
    {
        TinyLab[] labs = [new("first"), new("second", _source.Cancel), new("third")];
        (int code, string output, string error) = Run(labs, "all");

        Assert.Equal(ExitCode.Interrupted, code);
        Assert.Equal("", output);
        Assert.StartsWith("scoregpu: stopped; finished before: first. ", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.Equal(["first", "index.html"], Entries());
        LabPage front = Load("index.html");
        Assert.Equal(["first", "run"], front.SectionIds);
        Assert.Contains("Not here yet: second, third.", front.Elements("p").Select(text => text.Value));
        Assert.Equal(["../index.html"], Links("first"));
    }

    [Fact]
    public void A_run_that_is_stopped_before_anything_is_finished_leaves_nothing()
    {
        (int code, _, string error) = Run([new("first", _source.Cancel), new("second")], "all");

        Assert.Equal(ExitCode.Interrupted, code);
        Assert.Contains("no file was changed", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Shelf));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_reported_before_the_work()
    {
        Directory.CreateDirectory(Shelf);
        File.WriteAllText(Path.Combine(Shelf, "second"), "a file");
        (int code, _, string error) = Run([new("first", () => Assert.Fail("started")), new("second")], "all");

        Assert.Equal(ExitCode.BadInput, code);
        Assert.Contains("is a file", error, StringComparison.Ordinal);
        Assert.Equal(["second"], Entries());
    }

    [Fact]
    public void A_lab_that_another_version_wrote_counts_as_missing()
    {
        Succeed(Three, "all");
        string results = Path.Combine(Shelf, "third/results.json");
        foreach (string other in new[] { "{}", "{ \"seed\"", "[]", "{ \"seed\": \"x\" }" })
        {
            File.WriteAllText(results, other);
            Succeed(Three, "first");
            Assert.Contains("Not here yet: third.", Load("index.html").Elements("p").Select(text => text.Value));
            Assert.Equal(["../index.html", "../first/index.html"], Links("second"));
        }
    }

    [Fact]
    public void A_page_that_is_no_front_page_is_left_alone_by_a_single_lab()
    {
        Directory.CreateDirectory(Shelf);
        File.WriteAllText(Path.Combine(Shelf, "index.html"), "mine");
        Succeed(Three, "first");

        Assert.Equal("mine", File.ReadAllText(Path.Combine(Shelf, "index.html")));
        Assert.Empty(Links("first"));
    }

    [Fact]
    public void Names_are_found_among_the_labs() =>
        Assert.Contains("nearest: all", Run(Three, "al").Error, StringComparison.Ordinal);

    [Fact]
    public async Task The_pages_are_sound_in_a_browser()
    {
        Succeed(Three, "all");
        await PageCheck.RequireSound(browser, Path.Combine(Shelf, "index.html"));
        await PageCheck.RequireSound(browser, Path.Combine(Shelf, "second/index.html"));

        // From the front page through a lab to the next one, and back.
        await using BrowserTab tab = await browser.Open(Path.Combine(Shelf, "index.html"));
        await tab.Evaluate("document.querySelector('#first .go a').click()");
        await tab.Until("location.pathname.endsWith('/first/index.html') && document.querySelector('a[rel=next]')");
        await tab.Evaluate("document.querySelector('a[rel=next]').click()");
        await tab.Until("location.pathname.endsWith('/second/index.html') && document.querySelector('a.shelf')");
        await tab.Evaluate("document.querySelector('a.shelf').click()");
        await tab.Until("location.pathname.endsWith('/shelf/index.html') && document.querySelector('#third')");
        Assert.Empty(tab.Complaints);
    }

    private string Succeed(TinyLab[] labs, params string[] words)
    {
        (int code, string output, string error) = Run(labs, words);
        Assert.Equal("", error);
        Assert.Equal(ExitCode.Success, code);
        return output;
    }

    private (int Code, string Output, string Error) Run(TinyLab[] labs, params string[] words)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        Session session = new(output, error, IsInteractive: false, _source.Token) { Labs = labs };
        string place = words[0] == LabCatalog.Every ? Shelf : Path.Combine(Shelf, words[0]);
        string[] folder = words.Contains("--out") ? [] : ["--out", place];
        int code = Application.Run(["lab", .. words, .. folder], session);
        return (code, output.ToString(), error.ToString());
    }

    private string[] Entries() =>
        [.. Directory.GetFileSystemEntries(Shelf).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    private string[] Links(string lab) =>
        [.. Load($"{lab}/index.html").Links.Where(link => link.StartsWith("../", StringComparison.Ordinal))];

    private LabPage Load(string page) => new(Path.Combine(Shelf, page));
}
