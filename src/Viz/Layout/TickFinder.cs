using System.Globalization;

namespace ScoreGpu.Viz.Layout;

/// <summary>Chooses round values to mark on an axis, and how to write them.</summary>
internal static class TickFinder
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>
    /// The multiples of 1, 2, 2.5 or 5 times a power of ten in a range: the most that do not exceed a count.
    /// </summary>
    public static IReadOnlyList<Tick> Linear(double min, double max, int most)
    {
        double step = Step(min, max, Math.Max(most, 1));
        long first = (long)Math.Ceiling((min / step) - 1e-9);
        long last = (long)Math.Floor((max / step) + 1e-9);
        double largest = Math.Max(Math.Abs(first * step), Math.Abs(last * step));
        var ticks = new List<Tick>();
        for (long i = first; i <= last; i++)
        {
            ticks.Add(new Tick(i * step, Label(i * step, step, largest)));
        }

        return ticks;
    }

    /// <summary>
    /// Powers of ten in a range, thinned to a count, with minor ticks between them where there is room.
    /// </summary>
    public static IReadOnlyList<Tick> Logarithmic(double min, double max, int most)
    {
        const int FewestForDigits = 6;
        int first = (int)Math.Floor(Math.Log10(min) + 1e-9);
        int last = (int)Math.Ceiling(Math.Log10(max) - 1e-9);
        int stride = Math.Max(1, (int)Math.Ceiling((last - first) / (double)Math.Max(most, 1)));
        bool isPlain = first >= -3 && last <= 3;
        bool isNarrow = Math.Log10(max / min) <= 2 && most >= FewestForDigits;
        var ticks = new List<Tick>();
        for (int exponent = first; exponent <= last; exponent++)
        {
            for (int digit = 1; digit <= 9; digit++)
            {
                double value = digit * Math.Pow(10, exponent);
                bool isLabelled = digit == 1 ? (exponent - first) % stride == 0 : isNarrow && digit is 2 or 5;
                if (value >= min * (1 - 1e-9) && value <= max * (1 + 1e-9) && (isLabelled || stride == 1))
                {
                    ticks.Add(new Tick(value, isLabelled ? PowerLabel(digit, exponent, isPlain) : ""));
                }
            }
        }

        return ticks;
    }

    private static double Step(double min, double max, int most)
    {
        double rough = (max - min) / most;
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        ReadOnlySpan<double> mantissas = [1, 2, 2.5, 5, 10, 20];
        foreach (double mantissa in mantissas)
        {
            double step = mantissa * power;
            if (Math.Floor((max / step) + 1e-9) - Math.Ceiling((min / step) - 1e-9) + 1 <= most)
            {
                return step;
            }
        }

        return 50 * power;
    }

    private static string Label(double value, double step, double largest)
    {
        if (value == 0)
        {
            return "0";
        }

        int exponent = (int)Math.Floor(Math.Log10(largest) + 1e-9);
        if (exponent is > 5 or < -3)
        {
            // The step's power of ten keeps mantissas short, unless the range lies far from zero.
            exponent = largest < 100 * step ? (int)Math.Floor(Math.Log10(step) + 1e-9) : exponent;
            double unit = Math.Pow(10, exponent);
            string mantissa = Fixed(value / unit, Decimals(step / unit));
            string power = "10" + Superscript(exponent);
            return mantissa switch { "1" => power, "−1" => "−" + power, _ => mantissa + "×" + power };
        }

        return Fixed(value, Decimals(step));
    }

    private static string PowerLabel(int digit, int exponent, bool isPlain)
    {
        if (isPlain)
        {
            return Fixed(digit * Math.Pow(10, exponent), Math.Max(0, -exponent));
        }

        return (digit == 1 ? "" : digit.ToString(CultureInfo.InvariantCulture) + "×") + "10" + Superscript(exponent);
    }

    private static int Decimals(double step)
    {
        for (int decimals = 0; decimals < 12; decimals++)
        {
            double scaled = step * Math.Pow(10, decimals);
            if (Math.Abs(scaled - Math.Round(scaled)) < 1e-6 * scaled)
            {
                return decimals;
            }
        }

        return 12;
    }

    private static string Fixed(double value, int decimals)
    {
        string format = "F" + decimals.ToString(CultureInfo.InvariantCulture);
        return value.ToString(format, CultureInfo.InvariantCulture).Replace('-', '−');
    }

    private static string Superscript(int exponent)
    {
        string digits = Math.Abs(exponent).ToString(CultureInfo.InvariantCulture);
        return (exponent < 0 ? "⁻" : "") + string.Concat(digits.Select(digit => Superscripts[digit - '0']));
    }
}
