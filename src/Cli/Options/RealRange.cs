namespace ScoreGpu.Cli.Options;

/// <summary>The numbers that an option takes.</summary>
/// <param name="Description">In words, as in "a positive number".</param>
/// <param name="Contains">Whether a finite number is among them.</param>
internal sealed record RealRange(string Description, Func<double, bool> Contains)
{
    /// <summary>Every finite number.</summary>
    public static RealRange Any { get; } = new("a finite number", _ => true);

    /// <summary>(0, ∞).</summary>
    public static RealRange Positive { get; } = new("a positive number", value => value > 0);

    /// <summary>[0, ∞).</summary>
    public static RealRange NotNegative { get; } = new("a number of at least 0", value => value >= 0);

    /// <summary>[0, 1].</summary>
    public static RealRange Fraction { get; } = new("a number from 0 to 1", value => value is >= 0 and <= 1);

    /// <summary>(0, 1).</summary>
    public static RealRange OpenFraction { get; } =
        new("a number between 0 and 1, both excluded", value => value is > 0 and < 1);
}
