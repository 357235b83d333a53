using System.Globalization;

namespace ScoreGpu.Viz;

/// <summary>An sRGB colour with an opacity.</summary>
/// <param name="R">Red, 0 to 255.</param>
/// <param name="G">Green, 0 to 255.</param>
/// <param name="B">Blue, 0 to 255.</param>
/// <param name="Alpha">Opacity in [0, 1].</param>
public readonly record struct Color(byte R, byte G, byte B, double Alpha = 1)
{
    /// <summary>Reads <c>#rrggbb</c>.</summary>
    /// <exception cref="ArgumentException">The text is not a hash sign and six hexadecimal digits.</exception>
    public static Color Parse(string hex)
    {
        ArgumentNullException.ThrowIfNull(hex);
        if (hex.Length != 7 || hex[0] != '#'
            || !int.TryParse(
                hex.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out int value))
        {
            throw new ArgumentException($"hex is \"{hex}\"; expected #rrggbb.", nameof(hex));
        }

        return new Color((byte)(value >> 16), (byte)(value >> 8), (byte)value);
    }

    /// <summary>The same colour with its opacity multiplied by <paramref name="factor"/>.</summary>
    public Color Fade(double factor) => this with { Alpha = Alpha * factor };

    /// <summary>The colour a fraction <paramref name="t"/> of the way to <paramref name="other"/>, in sRGB.</summary>
    public Color Mix(Color other, double t) => new(
        Blend(R, other.R, t), Blend(G, other.G, t), Blend(B, other.B, t), Alpha + ((other.Alpha - Alpha) * t));

    /// <summary>The colour as <c>#rrggbb</c>, without its opacity.</summary>
    public string ToHex() => string.Create(CultureInfo.InvariantCulture, $"#{R:x2}{G:x2}{B:x2}");

    private static byte Blend(byte a, byte b, double t) => (byte)Math.Round(Math.Clamp(a + ((b - a) * t), 0, 255));
}
