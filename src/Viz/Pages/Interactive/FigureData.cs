using System.Text.Json.Nodes;
using ScoreGpu.Viz.Layout;

namespace ScoreGpu.Viz.Pages.Interactive;

/// <summary>What the script needs of every interactive figure, and the colours that it draws all of them with.</summary>
internal static class FigureData
{
    private const int MostTicks = 6;
    private const int MapStops = 33;

    /// <summary>The part that fields and particles share.</summary>
    public static JsonObject Common(
        string kind, PlaneView view, IReadOnlyList<string> labels, int start, Points? marks) => new()
        {
            ["kind"] = kind,
            ["view"] = new JsonArray(view.XMin, view.XMax, view.YMin, view.YMax),
            ["xTicks"] = Ticks(view.XMin, view.XMax),
            ["yTicks"] = Ticks(view.YMin, view.YMax),
            ["labels"] = new JsonArray([.. labels.Select(label => JsonValue.Create(label))]),
            ["start"] = start,
            ["marks"] = new JsonArray([.. Enumerable.Range(0, marks?.Count ?? 0)
                .Select(i => new JsonArray(marks!.X[i], marks.Y[i]))]),
        };

    /// <summary>The colours of both looks, those of the still figures.</summary>
    public static JsonObject Inks() => new() { ["light"] = Inks(Theme.Light), ["dark"] = Inks(Theme.Dark) };

    private static JsonObject Inks(Theme theme) => new()
    {
        ["panel"] = theme.Panel.ToHex(),
        ["foreground"] = theme.Foreground.ToHex(),
        ["muted"] = theme.Muted.ToHex(),
        ["grid"] = theme.Grid.ToHex(),
        ["palette"] = new JsonArray([.. theme.Palette.Select(color => JsonValue.Create(color.ToHex()))]),
        ["density"] = Stops(theme.DensityMap),
        ["vectors"] = Stops(theme.VectorMap),
    };

    private static JsonArray Stops(ColorMap map) => new([.. Enumerable.Range(0, MapStops)
        .Select(i => JsonValue.Create(map.Sample((double)i / (MapStops - 1)).ToHex()))]);

    private static JsonArray Ticks(double min, double max) => new([.. TickFinder.Linear(min, max, MostTicks)
        .Select(tick => new JsonObject { ["value"] = tick.Value, ["label"] = tick.Label })]);
}
