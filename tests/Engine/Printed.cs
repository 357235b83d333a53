using System.Globalization;

namespace ScoreGpu.Tests.Engine;

/// <summary>Compares a number with one that was printed: equal to half a unit of the last digit shown.</summary>
internal static class Printed
{
    internal static void Matches(string printed, double actual)
    {
        double expected = double.Parse(printed, CultureInfo.InvariantCulture);
        int mantissaEnd = printed.IndexOf('e', StringComparison.Ordinal);
        string mantissa = mantissaEnd < 0 ? printed : printed[..mantissaEnd];
        int exponent = mantissaEnd < 0 ? 0 : int.Parse(printed[(mantissaEnd + 1)..], CultureInfo.InvariantCulture);
        int point = mantissa.IndexOf('.', StringComparison.Ordinal);
        int decimals = point < 0 ? 0 : mantissa.Length - point - 1;
        double unit = Math.Pow(10.0, exponent - decimals);

        // A few units in the last place of double on top, for the numbers printed to 15 digits.
        double tolerance = (0.5 * unit) + (4e-16 * Math.Abs(expected));
        Assert.True(
            Math.Abs(actual - expected) <= tolerance,
            string.Create(CultureInfo.InvariantCulture, $"expected {printed}, got {actual:R}"));
    }
}
