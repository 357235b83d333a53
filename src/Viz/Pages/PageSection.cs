using System.Text;

namespace ScoreGpu.Viz.Pages;

/// <summary>A section of a page. Methods return the section, so that a page reads from top to bottom.</summary>
public sealed class PageSection
{
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
    public PageSection Figure(PageFigure figure, Html caption)
    {
        ArgumentNullException.ThrowIfNull(figure);
        return Add(figure.Render(_nextFigure(), caption));
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

        // Every word in one piece: a browser would break a line within --out.
        Html code = Html.Join(
            lines.Select(line => Html.Of(
                $"<span>{Html.Join(line.Split(' ').Select(word => Html.Of($"<b>{word}</b>")), " ")}</span>")),
            "\n");
        return Add(Html.Of($"<pre class=\"commands\" tabindex=\"0\"><code>{code}</code></pre>\n"));
    }

    internal Html Render() => Html.Of(
        $"""
        <section id="{Id}">
        <p class="kicker">{Kicker}</p>
        <h2>{Title}</h2>
        {Html.Trusted(_body.ToString())}</section>

        """);

    private PageSection Add(Html markup)
    {
        _body.Append(markup.Markup);
        return this;
    }
}
