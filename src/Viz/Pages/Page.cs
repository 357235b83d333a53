using System.Text;
using ScoreGpu.Viz.Pages.Interactive;

namespace ScoreGpu.Viz.Pages;

/// <summary>
/// A page to read: one file of well-formed HTML that loads nothing else, in a light and a dark look.
/// </summary>
/// <param name="title">The title.</param>
/// <param name="lead">What the page is about.</param>
public sealed class Page(string title, Html lead)
{
    private readonly List<PageSection> _sections = [];
    private readonly List<(string Value, string Label)> _highlights = [];
    private int _figures;
    private Html _footer = Html.Empty;

    /// <summary>Adds a number to the row under the title.</summary>
    public Page Highlight(string value, string label)
    {
        _highlights.Add((value, label));
        return this;
    }

    /// <summary>Adds a section and returns it.</summary>
    public PageSection Section(string id, string kicker, string title)
    {
        PageSection section = new(id, kicker, title, () => ++_figures);
        _sections.Add(section);
        return section;
    }

    /// <summary>Sets the line at the end.</summary>
    public Page Footer(HtmlHandler text)
    {
        _footer = Html.Of(text);
        return this;
    }

    /// <summary>The document.</summary>
    public string ToHtml()
    {
        Html navigation = Html.Join(_sections.Select(section => Html.Of(
            $"<a href=\"#{section.Id}\"><b>{section.Kicker}</b><span>{section.Title}</span></a>\n")));
        Html highlights = Html.Join(_highlights.Select(highlight => Html.Of(
            $"<div><dt>{highlight.Label}</dt><dd>{highlight.Value}</dd></div>\n")));
        bool isInteractive = _sections.Exists(section => section.HasInteractive);
        StringBuilder body = new();
        foreach (PageSection section in _sections)
        {
            body.Append(section.Render().Markup);
        }

        return Html.Of(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8"/>
            <meta name="viewport" content="width=device-width, initial-scale=1"/>
            <meta name="color-scheme" content="light dark"/>
            <title>{title}</title>
            <style>
            {Html.Trusted(PageStyle.Css)}
            {(isInteractive ? Html.Trusted(InteractiveFigure.Css) : Html.Empty)}</style>
            <script>
            {Html.Trusted(PageScript.Early)}
            </script>
            </head>
            <body>
            <header>
            <div class="bar"><a class="home" href="#top">ScoreGpu</a>
            <button id="theme" type="button" aria-label="Change between the light and the dark look">◐</button></div>
            <div class="title" id="top"><h1>{title}</h1>
            <p class="lead">{lead}</p>
            <dl class="highlights">
            {highlights}</dl></div>
            </header>
            <nav aria-label="Sections"><div>
            {navigation}</div></nav>
            <main>
            {Html.Trusted(body.ToString())}</main>
            <footer><p>{_footer}</p></footer>
            <script>
            {Html.Trusted(PageScript.Late)}
            </script>
            {(isInteractive ? InteractiveFigure.Script : Html.Empty)}</body>
            </html>

            """).Markup;
    }
}
