using System.Globalization;

namespace ScoreGpu.Cli.Output;

/// <summary>Numbers as people read them, in the invariant culture.</summary>
internal static class NumberText
{
    /// <summary>The culture of every number.</summary>
    public static CultureInfo Culture => CultureInfo.InvariantCulture;

    /// <summary>1,234,567.</summary>
    public static string Count(long value) => value.ToString("N0", Culture);

    /// <summary>Three significant digits, as in 0.0123, 12.3 or 4.56e-07.</summary>
    public static string Real(double value) => value.ToString("G3", Culture);

    /// <summary>A number as it was given, in full.</summary>
    public static string Exact(double value) => value.ToString("R", Culture);

    /// <summary>7.89 µs, 12.3 ms, 4.56 s or 3 min 20 s.</summary>
    public static string Seconds(TimeSpan value) => value.TotalSeconds switch
    {
        > 0 and < 1e-3 => $"{Real(value.TotalMicroseconds)} µs",
        < 1 => $"{Real(value.TotalMilliseconds)} ms",
        < 120 => $"{Real(value.TotalSeconds)} s",
        _ => string.Create(Culture, $"{(int)value.TotalMinutes} min {value.Seconds} s"),
    };

    /// <summary>1,234 or, below 100, three significant digits.</summary>
    public static string Rate(double value) => value < 100 ? Real(value) : Count((long)Math.Round(value));

    /// <summary>1.5 GiB.</summary>
    public static string Bytes(long value) => $"{Real(value / (double)(1L << 30))} GiB";
}
