using System.Globalization;

namespace ScoreGpu.Viz.Pages;

/// <summary>Numbers as a page shows them: invariant, with a true minus sign.</summary>
public static class Numerals
{
    /// <summary>A whole number with separators, as in 20,000.</summary>
    public static string Count(long value) => Minus(value.ToString("N0", CultureInfo.InvariantCulture));

    /// <summary>A fixed number of digits after the point.</summary>
    public static string Fixed(double value, int digits) =>
        double.IsFinite(value) ? Minus(value.ToString($"F{digits}", CultureInfo.InvariantCulture)) : "–";

    /// <summary>A share as per cent.</summary>
    public static string Percent(double share, int digits = 1) =>
        double.IsFinite(share) ? $"{Fixed(100.0 * share, digits)} %" : "–";

    /// <summary>Significant digits; a power of ten where the number is very small or large.</summary>
    public static string Significant(double value, int digits = 3)
    {
        if (!double.IsFinite(value))
        {
            return "–";
        }

        if (value == 0.0)
        {
            return "0";
        }

        int exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        if (exponent is >= -4 and < 6)
        {
            return Fixed(value, Math.Max(0, digits - 1 - exponent));
        }

        double mantissa = value / Math.Pow(10.0, exponent);
        return $"{Fixed(mantissa, digits - 1)}·10{Superscript(exponent)}";
    }

    /// <summary>Seconds, as in 0.13 s.</summary>
    public static string Seconds(TimeSpan elapsed) => $"{Significant(elapsed.TotalSeconds, 2)} s";

    /// <summary>The text with a true minus sign for each hyphen.</summary>
    internal static string Minus(string number) => number.Replace('-', '−');

    private static string Superscript(int value) => string.Concat(
        value.ToString(CultureInfo.InvariantCulture).Select(c => c == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[c - '0']));
}
