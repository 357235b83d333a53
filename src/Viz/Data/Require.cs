using System.Globalization;
using System.Runtime.CompilerServices;

namespace ScoreGpu.Viz;

/// <summary>Checks of arguments; each failure names the argument, its value and what was expected.</summary>
internal static class Require
{
    public static double Finite(double value, [CallerArgumentExpression(nameof(value))] string name = "")
        => double.IsFinite(value) ? value : throw Failure(name, value, "a finite number");

    public static double Positive(double value, [CallerArgumentExpression(nameof(value))] string name = "")
        => double.IsFinite(value) && value > 0 ? value : throw Failure(name, value, "a finite number above 0");

    public static double NotNegative(double value, [CallerArgumentExpression(nameof(value))] string name = "")
        => double.IsFinite(value) && value >= 0 ? value : throw Failure(name, value, "a finite number, 0 or more");

    public static double Fraction(double value, [CallerArgumentExpression(nameof(value))] string name = "")
        => value is >= 0 and <= 1 ? value : throw Failure(name, value, "a number in [0, 1]");

    public static int AtLeast(int value, int least, [CallerArgumentExpression(nameof(value))] string name = "")
        => value >= least ? value : throw Failure(name, value, $"at least {least}");

    public static int Between(
        int value, int least, int most, [CallerArgumentExpression(nameof(value))] string name = "")
        => value >= least && value <= most ? value : throw Failure(name, value, $"from {least} to {most}");

    public static void Increasing(double low, double high, string lowName, string highName)
    {
        Finite(low, lowName);
        Finite(high, highName);
        if (low >= high)
        {
            string expected = string.Create(CultureInfo.InvariantCulture, $"a number above {lowName} = {low}");
            throw Failure(highName, high, expected);
        }
    }

    public static void AllFinite(double[] values, string name)
    {
        ArgumentNullException.ThrowIfNull(values, name);
        int bad = Array.FindIndex(values, value => !double.IsFinite(value));
        if (bad >= 0)
        {
            throw Failure($"{name}[{bad}]", values[bad], "a finite number", name);
        }
    }

    public static void SameLength(int length, int expected, string name, string otherName)
    {
        if (length != expected)
        {
            throw new ArgumentException($"{name} has {length} values; expected {expected}, as {otherName} has.", name);
        }
    }

    private static ArgumentException Failure(string what, double value, string expected, string? name = null)
        => new(string.Create(CultureInfo.InvariantCulture, $"{what} is {value}; expected {expected}."), name ?? what);
}
