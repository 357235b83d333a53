using System.Text;
using ScoreGpu.Viz.Pages.Interactive;

namespace ScoreGpu.Viz.Pages;

/// <summary>A section of a page. Methods return the section, so that a page reads from top to bottom.</summary>
public sealed class PageSection
{
    // Stands in a caption for the command that makes the whole page, which is known when all of it is.
    private const string PageCommand = "<!--command-->";

    private readonly StringBuilder _body = new();
    private readonly Func<int> _nextFigure;

    internal PageSection(string id, string kicker, string title, Func<int> nextFigure)
    {
        (Id, Kicker, Title) = (id, kicker, title);
        _nextFigure = nextFigure;
    }

    /// <summary>The anchor.</summary>
    public string Id { get; }

    /// <summary>A word over the title, as in "Exercise 1"; also the section's name in the navigation.</summary>
    public string Kicker { get; }

    /// <summary>The title.</summary>
    public string Title { get; }

    /// <summary>Whether the section has a figure that needs the script of such figures.</summary>
    internal bool HasInteractive { get; private set; }

    /// <summary>Adds a paragraph.</summary>
    public PageSection Paragraph(HtmlHandler text) => Add(Html.Of($"<p>{Html.Of(text)}</p>\n"));

    /// <summary>Adds a smaller heading.</summary>
    public PageSection Heading(string text) => Add(Html.Of($"<h3>{text}</h3>\n"));

    /// <summary>Adds a formula on a line of its own.</summary>
    public PageSection Formula(HtmlHandler formula) => Add(Html.Of($"<p class=\"formula\">{Html.Of(formula)}</p>\n"));

    /// <summary>Adds a question to think about, with an answer that opens on demand.</summary>
    public PageSection Prediction(Html question, Html answer) => Add(Html.Of(
        $"""
        <details class="prediction"><summary><span class="tag">Predict</span> {question}</summary>
        <div class="answer"><p>{answer}</p></div></details>

        """));

    /// <summary>Adds a figure with its caption.</summary>
    /// <param name="figure">The figure.</param>
    /// <param name="caption">What to see in it.</param>
    /// <param name="command">What to type to make it; without one, the command that makes the whole page.</param>
    public PageSection Figure(PageFigure figure, Html caption, string? command = null)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return AddFigure("", figure.Render(), Html.Of($"{caption}{figure.Links()}"), command);
    }

    /// <summary>Adds a vector field over a parameter that the reader moves, numbered like a figure.</summary>
    /// <param name="frames">The field.</param>
    /// <param name="caption">What to see in it.</param>
    /// <param name="command">What to type to make it, or one still picture of it; without one, as above.</param>
    public PageSection Slider(FieldFrames frames, Html caption, string? command = null)
    {
        ArgumentNullException.ThrowIfNull(frames);
        HasInteractive = true;
        return AddFigure("interactive", InteractiveFigure.Render(frames), caption, command);
    }

    /// <summary>Adds clouds of particles that the reader sets in motion, numbered like a figure.</summary>
    /// <param name="frames">The clouds.</param>
    /// <param name="caption">What to see in them.</param>
    /// <param name="command">What to type to make them; without one, as above.</param>
    public PageSection Player(ParticleFrames frames, Html caption, string? command = null)
    {
        ArgumentNullException.ThrowIfNull(frames);
        HasInteractive = true;
        return AddFigure("interactive", InteractiveFigure.Render(frames), caption, command);
    }

    /// <summary>Adds a table.</summary>
    public PageSection Table(PageTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return Add(table.Render());
    }

    /// <summary>Adds a finding that stands out.</summary>
    public PageSection Finding(string title, HtmlHandler text) => Add(Html.Of(
        $"""
        <aside class="finding"><p><b>{title}</b> {Html.Of(text)}</p></aside>

        """));

    /// <summary>Adds commands to type, one a line.</summary>
    public PageSection Commands(params string[] lines)
    {
        ArgumentNullException.ThrowIfNull(lines);

        Html code = Html.Join(lines.Select(line => Html.Of($"<span>{Words(line)}</span>")), "\n");
        return Add(Html.Of($"<pre class=\"commands\" tabindex=\"0\"><code>{code}</code></pre>\n"));
    }

    /// <summary>The section.</summary>
    /// <param name="command">The command that makes the whole page, if there is one.</param>
    internal Html Render(string? command)
    {
        string body = _body.ToString().Replace(PageCommand, Made(command).Markup, StringComparison.Ordinal);
        return Html.Of(
            $"""
            <section id="{Id}">
            <p class="kicker">{Kicker}</p>
            <h2>{Title}</h2>
            {Html.Trusted(body)}</section>

            """);
    }

    // Every word in one piece: a browser would break a line within --out.
    private static Html Words(string command) =>
        Html.Join(command.Split(' ').Select(word => Html.Of($"<b>{word}</b>")), " ");

    private static Html Made(string? command) => command is null ? Html.Empty : Html.Of(
        $"""

        <span class="made"><code>{Words(command)}</code>
        <button class="copy" type="button" hidden="hidden" aria-label="Copy the command">Copy</button></span>
        """);

    private PageSection AddFigure(string kind, Html figure, Html caption, string? command)
    {
        int number = _nextFigure();
        Html made = command is null ? Html.Trusted(PageCommand) : Made(command);
        return Add(Html.Of(
            $"""
            <figure id="figure-{Numerals.Count(number)}"{Html.Trusted(kind.Length == 0 ? "" : $" class=\"{kind}\"")}>
            {figure}<figcaption><b>Figure {number}.</b> {caption}{made}</figcaption>
            </figure>

            """));
    }

    /// <summary>Adds markup of the caller's own.</summary>
    internal PageSection Add(Html markup)
    {
        _body.Append(markup.Markup);
        return this;
    }
}
