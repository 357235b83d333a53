namespace ScoreGpu.Viz;

/// <summary>Colours of one lightness and chroma, evenly around the circle of hues, for things without an order.</summary>
/// <remarks>OKLab (Ottosson, "A perceptual color space for image processing", 2020), in which equal angles look alike.
/// </remarks>
internal static class HueWheel
{
    private const double Lightness = 0.74;
    private const double Chroma = 0.15;

    // The first hue is a blue; going down from there, four are blue, green, orange and pink.
    private const double FirstHue = 255;

    /// <summary>Colour k of n, as amounts of light; what sRGB cannot show is cut off.</summary>
    public static (double R, double G, double B) At(int k, int n)
    {
        double angle = (FirstHue - (360.0 * k / n)) * Math.PI / 180;
        double a = Chroma * Math.Cos(angle);
        double b = Chroma * Math.Sin(angle);
        double l = Cube(Lightness + (0.3963377774 * a) + (0.2158037573 * b));
        double m = Cube(Lightness - (0.1055613458 * a) - (0.0638541728 * b));
        double s = Cube(Lightness - (0.0894841775 * a) - (1.2914855480 * b));
        return (
            Math.Clamp((4.0767416621 * l) - (3.3077115913 * m) + (0.2309699292 * s), 0, 1),
            Math.Clamp((-1.2684380046 * l) + (2.6097574011 * m) - (0.3413193965 * s), 0, 1),
            Math.Clamp((-0.0041960863 * l) - (0.7034186147 * m) + (1.7076147010 * s), 0, 1));
    }

    private static double Cube(double x) => x * x * x;
}
