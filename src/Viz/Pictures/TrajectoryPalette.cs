using ScoreGpu.Engine.Drawing;

namespace ScoreGpu.Viz.Pictures;

/// <summary>The palettes that trajectories are drawn with: hues as amounts of light, the strongest component 255.</summary>
/// <remarks>
/// A canvas adds colours up, and light is what adds up. How bright a pixel is, is a matter of its weight, so that the
/// palette keeps hues alone.
/// </remarks>
public static class TrajectoryPalette
{
    /// <summary>The most colours.</summary>
    public const int Entries = 256;

    /// <summary>A colour map from end to end.</summary>
    public static IReadOnlyList<CanvasColour> Of(ColorMap map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return [.. Enumerable.Range(0, Entries).Select(i => Hue(map, i / (Entries - 1.0)))];
    }

    /// <summary>
    /// Speeds by rank: a speed that is above a share q of all takes the map's colour at q, so that no colour is wasted
    /// on a few fast segments.
    /// </summary>
    /// <param name="map">The colours, the slowest first.</param>
    /// <param name="speeds">Speeds to compare with, ascending, above 0.</param>
    /// <param name="fastest">The speed of the last entry.</param>
    public static IReadOnlyList<CanvasColour> OfSpeeds(ColorMap map, double[] speeds, double fastest)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(speeds);
        return
        [
            .. Enumerable.Range(0, Entries).Select(i =>
            {
                int at = Array.BinarySearch(speeds, (i + 0.5) * fastest / Entries);
                return Hue(map, (double)(at < 0 ? ~at : at) / Math.Max(1, speeds.Length));
            }),
        ];
    }

    /// <summary>A hue for each mode, and grey for what ends nowhere.</summary>
    /// <param name="count">Modes, 1 to 255.</param>
    public static IReadOnlyList<CanvasColour> OfModes(int count) =>
    [
        .. Enumerable.Range(0, count).Select(k =>
        {
            (double r, double g, double b) = HueWheel.At(k, count);
            return Normalised(r, g, b);
        }),
        new CanvasColour(255, 255, 255),
    ];

    private static CanvasColour Hue(ColorMap map, double position)
    {
        Color color = map.Sample(position);
        return Normalised(LinearLight.Of(color.R), LinearLight.Of(color.G), LinearLight.Of(color.B));
    }

    private static CanvasColour Normalised(double r, double g, double b)
    {
        double most = Math.Max(Math.Max(r, g), b);
        return most <= 0
            ? new CanvasColour(255, 255, 255)
            : new CanvasColour(Part(r / most), Part(g / most), Part(b / most));
    }

    private static byte Part(double share) => (byte)Math.Round(255 * share);
}
