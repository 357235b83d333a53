namespace ScoreGpu.Viz;

/// <summary>sRGB values as amounts of light and back (IEC 61966-2-1, both in [0, 1]).</summary>
internal static class LinearLight
{
    // Fine enough that a step is a fifteenth of a byte where sRGB is steepest.
    private const int Steps = 1 << 16;

    private static readonly byte[] s_bytes =
        [.. Enumerable.Range(0, Steps + 1).Select(i => (byte)Math.Round(255 * Encode((double)i / Steps)))];

    private static readonly double[] s_light = [.. Enumerable.Range(0, 256).Select(i => Decode(i / 255.0))];

    /// <summary>The amount of light of a byte.</summary>
    public static double Of(byte value) => s_light[value];

    /// <summary>The amount of light of a value.</summary>
    public static double Decode(double value) =>
        value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);

    /// <summary>The byte of an amount of light in [0, 1].</summary>
    public static byte ToByte(double light) => s_bytes[(int)((light * Steps) + 0.5)];

    private static double Encode(double light) =>
        light <= 0.0031308 ? light * 12.92 : (1.055 * Math.Pow(light, 1 / 2.4)) - 0.055;
}
