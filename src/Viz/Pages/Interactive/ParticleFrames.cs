using System.Text.Json.Nodes;

namespace ScoreGpu.Viz.Pages.Interactive;

/// <summary>
/// Clouds of particles over time: what <see cref="PageSection.Player"/> plays. Up to four clouds run side by side, on
/// one clock.
/// </summary>
/// <remarks>
/// Positions are embedded in 12 bits a coordinate, over twice the view both ways: half a pixel in a panel 800 wide, and
/// 6 bytes a position in the page's Base64 per 1.5 coordinates, so 2,000 particles of 60 frames take 0.48 MB a panel.
/// Particles further out than that are held at its edge, out of sight.
/// </remarks>
public sealed record ParticleFrames
{
    /// <summary>The most panels a figure has.</summary>
    public const int MostPanels = 4;

    /// <summary>Clouds over the same moments.</summary>
    /// <param name="alt">What the figure shows, for those who do not see it.</param>
    /// <param name="view">The part of the plane.</param>
    /// <param name="labels">What to write beside the scrubber for each frame, as in "t = 0.52", in order of play.</param>
    /// <param name="panels">One to four clouds.</param>
    /// <exception cref="ArgumentException">
    /// A count is out of range, or a panel's positions are not as many frames as there are labels.
    /// </exception>
    public ParticleFrames(
        string alt, PlaneView view, IReadOnlyList<string> labels, params IReadOnlyList<ParticleSeries> panels)
    {
        ArgumentException.ThrowIfNullOrEmpty(alt);
        ArgumentNullException.ThrowIfNull(view);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(panels);
        Require.AtLeast(labels.Count, 2);
        Require.Between(panels.Count, 1, MostPanels);
        for (int i = 0; i < panels.Count; i++)
        {
            panels[i].RequireShape(labels.Count, $"panels[{i}]");
        }

        (Alt, View, Labels, Panels) = (alt, view, labels, panels);
    }

    /// <summary>What the figure shows, for those who do not see it.</summary>
    public string Alt { get; }

    /// <summary>The part of the plane.</summary>
    public PlaneView View { get; }

    /// <summary>One label a frame.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>The clouds.</summary>
    public IReadOnlyList<ParticleSeries> Panels { get; }

    /// <summary>What the scrubber is called, as in "Step".</summary>
    public string Parameter { get; init; } = "Time";

    /// <summary>The frame that the figure opens with.</summary>
    public int Start { get; init; }

    /// <summary>How long the whole run plays, in seconds.</summary>
    public double Seconds { get; init; } = 6.0;

    /// <summary>Whether the figure has a button that shows where the particles have just been.</summary>
    public bool HasTrails { get; init; } = true;

    /// <summary>Points that stay, drawn as stars: the centres of a mixture.</summary>
    public Points? Marks { get; init; }

    /// <summary>The figure as the page's script reads it.</summary>
    internal JsonObject ToJson()
    {
        int start = Require.Between(Start, 0, Labels.Count - 1);
        JsonObject json = FigureData.Common("particles", View, Labels, start, Marks);
        json["seconds"] = Require.Positive(Seconds);
        json["panels"] = new JsonArray([.. Panels.Select(panel => panel.ToJson(View, Labels.Count))]);
        return json;
    }
}
