using System.Text.Json.Nodes;

namespace ScoreGpu.Viz.Pages.Interactive;

/// <summary>One panel of <see cref="ParticleFrames"/>: a cloud at each moment.</summary>
/// <param name="Title">What stands over the panel; may be empty.</param>
/// <param name="Positions">The positions, [frames, particles, 2] row-major, in order of play.</param>
public sealed record ParticleSeries(string Title, float[] Positions)
{
    /// <summary>
    /// The group of each particle, from 0 to <see cref="Theme.PaletteSize"/> − 1: an index into the theme's
    /// categorical colours; without it, all are of the first.
    /// </summary>
    public byte[]? Groups { get; init; }

    /// <summary>Refuses arrays of another shape.</summary>
    internal void RequireShape(int frames, string name)
    {
        ArgumentNullException.ThrowIfNull(Title);
        ArgumentNullException.ThrowIfNull(Positions);
        if (Positions.Length == 0 || Positions.Length % (2 * frames) != 0)
        {
            throw new ArgumentException(
                $"{name}.{nameof(Positions)} has {Positions.Length} values; expected a multiple of 2·frames = "
                + $"{2 * frames}, above 0.",
                name);
        }

        int bad = Array.FindIndex(Positions, value => !float.IsFinite(value));
        if (bad >= 0)
        {
            throw new ArgumentException(
                $"{name}.{nameof(Positions)}[{bad}] is {Positions[bad]}; expected a finite number.", name);
        }

        if (Groups is not null)
        {
            int particles = Positions.Length / (2 * frames);
            Require.SameLength(Groups.Length, particles, $"{name}.{nameof(Groups)}", "a frame of positions");
            int odd = Array.FindIndex(Groups, group => group >= Theme.PaletteSize);
            if (odd >= 0)
            {
                throw new ArgumentException(
                    $"{name}.{nameof(Groups)}[{odd}] is {Groups[odd]}; expected less than {Theme.PaletteSize}.", name);
            }
        }
    }

    /// <summary>The panel as the page's script reads it.</summary>
    internal JsonObject ToJson(PlaneView view, int frames)
    {
        JsonObject json = new()
        {
            ["count"] = Positions.Length / (2 * frames),
            ["positions"] = Quantised.Positions(Positions, view),
        };
        if (Groups is not null)
        {
            json["groups"] = Convert.ToBase64String(Groups);
        }

        return json;
    }
}
