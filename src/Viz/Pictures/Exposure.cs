namespace ScoreGpu.Viz.Pictures;

/// <summary>How a hue and a tone become a pixel: light on a dark page, ink on a light one.</summary>
/// <remarks>
/// With t the tone, L(v) the light of a value v of sRGB, h a component of the hue, the largest being 1, and p that of the
/// page,
/// <code>
///   dark    1 − (1 − p)·e^(−E·h),            e^(−E) = 1 − L(t)·s         each pass lights what is still dark
///   light   p·e^(−E·(1 − h·(1 − 0.3·t))),      e^(−E) = L(1 − t·s)         each pass takes what the ink is not
/// </code>
/// which is Beer and Lambert's law: where much comes together, any hue goes to white on the dark page and gets deep on the
/// light one, as it does on film and on paper. Tones are values of sRGB, so that equal steps of t look equal.
/// </remarks>
internal sealed class Exposure(Theme theme)
{
    // Short of all, so that the brightest pixels keep a tint.
    private const double Strength = 0.97;

    // How much of its own colour an ink takes away where it is thickest.
    private const double Depth = 0.3;

    private readonly bool _isDark = theme.IsDark;
    private readonly double _pageR = LinearLight.Of(theme.Background.R);
    private readonly double _pageG = LinearLight.Of(theme.Background.G);
    private readonly double _pageB = LinearLight.Of(theme.Background.B);

    /// <summary>The pixel of a tone.</summary>
    /// <param name="tone">In [0, 1].</param>
    /// <param name="r">The hue's red, as light, in any unit.</param>
    /// <param name="g">Its green.</param>
    /// <param name="b">Its blue.</param>
    /// <param name="pixel">Receives red, green and blue.</param>
    public void Expose(double tone, double r, double g, double b, Span<byte> pixel)
    {
        double most = Math.Max(Math.Max(r, g), b);
        double scale = most > 0 ? 1 / most : 0;
        double left = Math.Log(
            _isDark ? 1 - (Strength * LinearLight.Decode(tone)) : LinearLight.Decode(1 - (Strength * tone)));
        pixel[0] = LinearLight.ToByte(Component(_pageR, r * scale, tone, left));
        pixel[1] = LinearLight.ToByte(Component(_pageG, g * scale, tone, left));
        pixel[2] = LinearLight.ToByte(Component(_pageB, b * scale, tone, left));
    }

    private double Component(double page, double hue, double tone, double left) => _isDark
        ? 1 - ((1 - page) * Math.Exp(left * hue))
        : page * Math.Exp(left * (1 - (hue * (1 - (Depth * tone)))));
}
