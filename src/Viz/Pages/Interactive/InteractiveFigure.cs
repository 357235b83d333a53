using System.Text.Json.Nodes;

namespace ScoreGpu.Viz.Pages.Interactive;

/// <summary>The markup of an interactive figure; <c>interactive.js</c> brings it to life.</summary>
internal static class InteractiveFigure
{
    /// <summary>The script, once a page that has such a figure.</summary>
    public static Html Script { get; } = Html.Trusted(
        "<script type=\"application/json\" id=\"inks\">" + FigureData.Inks().ToJsonString() + "</script>\n"
        + "<script>\n" + PageResource.AsWellFormed(PageResource.Read("Interactive.interactive.js")) + "</script>\n");

    /// <summary>The style sheet, in a page that has such a figure.</summary>
    public static string Css { get; } = PageResource.Read("Interactive.interactive.css");

    /// <summary>A field behind a slider.</summary>
    public static Html Render(FieldFrames frames) => Render(
        frames.Alt, frames.Panels.Select(panel => panel.Title), frames.Parameter, frames.Labels.Count, Html.Empty,
        frames.ToJson());

    /// <summary>Clouds with a player.</summary>
    public static Html Render(ParticleFrames frames)
    {
        Html trails = frames.HasTrails
            ? Html.Of($"<button class=\"trails\" type=\"button\" aria-pressed=\"false\">Trails</button>\n")
            : Html.Empty;
        return Render(
            frames.Alt, frames.Panels.Select(panel => panel.Title), frames.Parameter, frames.Labels.Count,
            Html.Of($"<button class=\"play\" type=\"button\">Play</button>\n{trails}"), frames.ToJson());
    }

    // The data are JSON that the serialiser has made safe within markup: it writes <, > and & as \u escapes.
    private static Html Render(
        string alt,
        IEnumerable<string> titles,
        string parameter,
        int frames,
        Html buttons,
        JsonObject data) => Html.Of(
        $"""
        <div class="frame stage" hidden="hidden">
        <div class="panels" role="group" aria-label="{alt}">
        {Html.Join(titles.Select(Panel))}</div>
        <div class="controls">
        {buttons}<label><span>{parameter}</span>
        <input type="range" min="0" max="{Html.Text($"{frames - 1}")}" step="1"/></label>
        <output></output></div>
        </div>
        <p class="fallback">This figure moves when the page is open in a browser that runs scripts. {alt}</p>
        <script type="application/json" class="data">{Html.Trusted(data.ToJsonString())}</script>

        """);

    private static Html Panel(string title) => Html.Of(
        $"""
        <div class="panel"><p>{title}</p><canvas role="img" aria-label="{title}"></canvas></div>

        """);
}
