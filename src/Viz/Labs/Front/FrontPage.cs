using System.Globalization;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Front;

/// <summary>The page over all labs: a figure, the main numbers and the way to each.</summary>
internal static class FrontPage
{
    /// <summary>What tells this page from others.</summary>
    public const string Mark = "<!--front page of the labs-->";

    // What is shown at once; the rest opens on demand.
    private const int FirstFindings = 5;

    /// <summary>Writes the page.</summary>
    /// <param name="there">The labs that are there.</param>
    /// <param name="missing">The others.</param>
    public static Page Write(IReadOnlyList<ShelvedLab> there, IReadOnlyList<ILab> missing)
    {
        Page page = new("Score-based diffusion, lab by lab", Html.Of($"""
            Each lab is one run: it computes everything anew, asks before it tells, draws what it found and says what to
            try next. Every number below was measured by the run that wrote the page it leads to.
            """));
        page.AddStyle(PageResource.Read("front.css"));
        TimeSpan total = TimeSpan.FromTicks(there.Sum(lab => lab.Elapsed.Ticks));
        page.Highlight(Numerals.Count(there.Count), there.Count == 1 ? "lab" : "labs")
            .Highlight(Numerals.Count(there.Sum(lab => lab.Findings.Count)), "main numbers")
            .Highlight(Numerals.Seconds(total), "to compute all of it");
        for (int i = 0; i < there.Count; i++)
        {
            page.Section(there[i].Lab.Name, $"Lab {Numerals.Count(i + 1)}", there[i].Lab.Title).Add(Card(there[i]));
        }

        PageSection commands = page.Section("run", "Run", "Make it yourself");
        if (missing.Count > 0)
        {
            commands.Paragraph($"Not here yet: {string.Join(", ", missing.Select(lab => lab.Name))}.");
        }

        commands
            .Paragraph($"All labs in turn, or one of them with numbers drawn from another seed:")
            .Commands([
                "scoregpu lab all",
                .. missing.Select(lab => $"scoregpu lab {lab.Name}"),
                .. there.Take(1).Select(shelved => $"scoregpu lab {shelved.Lab.Name} --seed 7"),
            ]);
        string[] devices = [.. there.Select(lab => lab.Device).Distinct()];
        return page.Footer($"Computed by ScoreGpu on {string.Join("; ", devices)}.{Html.Trusted(Mark)}");
    }

    private static Html Card(ShelvedLab shelved)
    {
        string link = $"{shelved.Lab.Name}/{ShelvedLab.PageName}";
        Html first = Rows(shelved.Findings.Take(FirstFindings));
        LabFinding[] others = [.. shelved.Findings.Skip(FirstFindings)];
        Html rest = others.Length == 0 ? Html.Empty : Html.Of(
            $"""
            <details><summary>{others.Length} more</summary>
            <dl>{Rows(others)}</dl></details>

            """);
        return Html.Of(
            $"""
            <div class="lab">
            <a class="cover" href="{link}" aria-label="{shelved.Lab.Title}">
            <img class="only-light" alt="{shelved.Cover.Alt}" src="{shelved.Cover.Light}"/>
            <img class="only-dark" alt="{shelved.Cover.Alt}" src="{shelved.Cover.Dark}"/></a>
            <div class="about"><p>{shelved.Lab.Summary}</p>
            <dl>{first}</dl>
            {rest}<p class="go"><a href="{link}">Open the lab</a>
            <span>seed {shelved.Seed.ToString(CultureInfo.InvariantCulture)}, {Numerals.Seconds(shelved.Elapsed)}</span></p>
            </div></div>

            """);
    }

    private static Html Rows(IEnumerable<LabFinding> findings) => Html.Join(findings.Select(finding => Html.Of(
        $"<div><dt>{finding.Label}</dt><dd>{Value(finding.Value)}</dd></div>\n")));

    private static string Value(double value) =>
        double.IsInteger(value) && Math.Abs(value) < 1e9 ? Numerals.Count((long)value) : Numerals.Significant(value);
}
