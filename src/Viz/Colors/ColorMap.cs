namespace ScoreGpu.Viz;

/// <summary>A map from [0, 1] to colours: evenly spaced stops, joined by straight lines in sRGB.</summary>
public sealed class ColorMap
{
    private readonly Color[] _stops;

    /// <summary>A map through evenly spaced stops, each written <c>#rrggbb</c>.</summary>
    /// <exception cref="ArgumentException">There are fewer than two stops, or one is not a colour.</exception>
    public ColorMap(string name, params string[] stops)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(stops);
        if (stops.Length < 2)
        {
            throw new ArgumentException($"stops has {stops.Length} colours; expected at least 2.", nameof(stops));
        }

        Name = name;
        _stops = Array.ConvertAll(stops, Color.Parse);
    }

    /// <summary>Violet through green to yellow; even in lightness.</summary>
    public static ColorMap Viridis { get; } = new(
        "viridis", "#440154", "#482878", "#3e4989", "#31688e", "#26828e",
        "#1f9e89", "#35b779", "#6ece58", "#b5de2b", "#fde725");

    /// <summary>Black through violet and pink to cream.</summary>
    public static ColorMap Magma { get; } = new(
        "magma", "#000004", "#180f3d", "#440f76", "#721f81", "#9e2f7f",
        "#cd4071", "#f1605d", "#fd9668", "#feca8d", "#fcfdbf");

    /// <summary>Black through crimson and orange to pale yellow.</summary>
    public static ColorMap Inferno { get; } = new(
        "inferno", "#000004", "#1b0c41", "#4a0c6b", "#781c6d", "#a52c60",
        "#cf4446", "#ed6925", "#fb9b06", "#f7d13d", "#fcffa4");

    /// <summary>Cyan to magenta.</summary>
    public static ColorMap Cool { get; } = new("cool", "#00ffff", "#ff00ff");

    /// <summary>White to navy.</summary>
    public static ColorMap Blues { get; } = new(
        "blues", "#f7fbff", "#deebf7", "#c6dbef", "#9ecae1", "#6baed6", "#4292c6", "#2171b5", "#08519c", "#08306b");

    /// <summary>The dark theme's page through blue and violet to warm white: for densities on dark pages.</summary>
    public static ColorMap Night { get; } = new(
        "night", "#0f172a", "#16275a", "#2545a8", "#4f5fe0", "#8b6cf0", "#c779e6", "#f39ac0", "#fdc9a6", "#fff4d6");

    /// <summary>The light theme's page through blue and violet to near black: for densities on light pages.</summary>
    public static ColorMap Day { get; } = new(
        "day", "#fbfcfe", "#d7e5fb", "#a9c6f8", "#7fa0f2", "#6d74e4", "#6a48c4", "#5a2491", "#3a1158", "#1c0a2b");

    /// <summary>Blue through violet to crimson, none of it pale: for marks on light pages.</summary>
    public static ColorMap Dusk { get; } = new(
        "dusk", "#0e8bd0", "#3b6fe0", "#6353d8", "#8b3cc4", "#b02a9f", "#c62070", "#c81e3f");

    /// <summary>Blue through violet and rose to gold, none of it dark: for light on dark pages.</summary>
    public static ColorMap Dawn { get; } = new(
        "dawn", "#2f6bff", "#5b5bff", "#8f55ff", "#c94fe8", "#f4569f", "#ff7a5c", "#ffa63d", "#ffd35c");

    /// <summary>Blue through pale grey to red: for values around zero.</summary>
    public static ColorMap Balance { get; } = new(
        "balance", "#1d4e9e", "#3f7ec4", "#7fb0de", "#bfd6ea", "#eeeef0", "#f0c6b4", "#e08e73", "#c5513f", "#931f2a");

    /// <summary>The map's name, in lower case.</summary>
    public string Name { get; }

    /// <summary>The colour at <paramref name="t"/>; values outside [0, 1] take the end's colour.</summary>
    public Color Sample(double t)
    {
        double position = Math.Clamp(double.IsNaN(t) ? 0 : t, 0, 1) * (_stops.Length - 1);
        int below = Math.Min((int)position, _stops.Length - 2);
        return _stops[below].Mix(_stops[below + 1], position - below);
    }

    /// <summary>The same colours in the opposite order.</summary>
    public ColorMap Reversed() => new(Name + "-reversed", _stops.Reverse().Select(stop => stop.ToHex()).ToArray());
}
