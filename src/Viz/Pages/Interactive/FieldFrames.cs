using System.Text.Json.Nodes;

namespace ScoreGpu.Viz.Pages.Interactive;

/// <summary>
/// Vector fields of the plane at K values of a parameter, such as a noise level or a time: what
/// <see cref="PageSection.Slider"/> shows, one value at a time. Up to four fields share a slider, side by side.
/// </summary>
/// <remarks>
/// In each frame the longest arrow of all panels is as long as the arrows are apart, the others by the square root of
/// their magnitude, so fields side by side compare; the page writes the largest magnitude beside the slider.
/// </remarks>
public sealed record FieldFrames
{
    /// <summary>The most panels a figure has.</summary>
    public const int MostPanels = 4;

    /// <summary>Fields over the same values of a parameter, on the same grid.</summary>
    /// <param name="alt">What the figure shows, for those who do not see it.</param>
    /// <param name="view">The part of the plane.</param>
    /// <param name="side">Arrows a side; they stand at <see cref="PlaneView.Nodes"/>.</param>
    /// <param name="labels">What to write beside the slider for each of the K values, as in "t = 30".</param>
    /// <param name="panels">One to four fields.</param>
    /// <exception cref="ArgumentException">
    /// A count is out of range, or the panels' arrays do not have the shape that the labels and the side demand.
    /// </exception>
    public FieldFrames(
        string alt, PlaneView view, int side, IReadOnlyList<string> labels, params IReadOnlyList<FieldSeries> panels)
    {
        ArgumentException.ThrowIfNullOrEmpty(alt);
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(panels);
        Require.AtLeast(side, 2);
        Require.AtLeast(labels.Count, 2);
        Require.Between(panels.Count, 1, MostPanels);
        for (int i = 0; i < panels.Count; i++)
        {
            panels[i].RequireShape(labels.Count, side * side, $"panels[{i}]");
        }

        (Alt, View, Side, Labels, Panels) = (alt, view, side, labels, panels);
    }

    /// <summary>What the figure shows, for those who do not see it.</summary>
    public string Alt { get; }

    /// <summary>The part of the plane.</summary>
    public PlaneView View { get; }

    /// <summary>Arrows a side.</summary>
    public int Side { get; }

    /// <summary>One label a value of the parameter.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>The fields.</summary>
    public IReadOnlyList<FieldSeries> Panels { get; }

    /// <summary>What the slider is called, as in "Noise level".</summary>
    public string Parameter { get; init; } = "Time";

    /// <summary>The frame that the figure opens with; without one, the middle.</summary>
    public int? Start { get; init; }

    /// <summary>Points that stay, drawn as stars: the centres of a mixture.</summary>
    public Points? Marks { get; init; }

    /// <summary>The figure as the page's script reads it.</summary>
    internal JsonObject ToJson()
    {
        int start = Require.Between(Start ?? (Labels.Count / 2), 0, Labels.Count - 1, nameof(Start));
        JsonObject json = FigureData.Common("field", View, Labels, start, Marks);
        json["side"] = Side;
        json["panels"] = new JsonArray([.. Panels.Select(panel => panel.ToJson(View))]);
        return json;
    }
}
