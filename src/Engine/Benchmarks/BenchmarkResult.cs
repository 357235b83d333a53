namespace ScoreGpu.Engine.Benchmarks;

/// <summary>The times of an operation's turns, in seconds a run.</summary>
/// <param name="Median">The middle one, which everything else is worked out from.</param>
/// <param name="LowerQuartile">A quarter of the turns were faster.</param>
/// <param name="UpperQuartile">A quarter of the turns were slower.</param>
/// <param name="Least">The fastest turn.</param>
/// <param name="Most">The slowest turn.</param>
/// <param name="Turns">How many turns.</param>
/// <param name="RunsPerTurn">Runs in a turn, whose mean is the turn's time.</param>
public sealed record BenchmarkTime(
    double Median, double LowerQuartile, double UpperQuartile, double Least, double Most, int Turns, int RunsPerTurn)
{
    /// <summary>The distance between the quartiles as a share of the median.</summary>
    public double Spread => (UpperQuartile - LowerQuartile) / Median;

    /// <summary>Of the turns' times in any order.</summary>
    /// <param name="seconds">Seconds a run of each turn, at least one.</param>
    /// <param name="runsPerTurn">Runs in a turn.</param>
    internal static BenchmarkTime Of(IReadOnlyList<double> seconds, int runsPerTurn)
    {
        double[] sorted = [.. seconds.Order()];
        return new BenchmarkTime(
            Quantile(0.5), Quantile(0.25), Quantile(0.75), sorted[0], sorted[^1], sorted.Length, runsPerTurn);

        double Quantile(double share)
        {
            double place = share * (sorted.Length - 1);
            int below = (int)place;
            int above = Math.Min(below + 1, sorted.Length - 1);
            return sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
        }
    }
}

/// <summary>What keeps an operation from being faster.</summary>
public enum BenchmarkBound
{
    /// <summary>Arithmetic: the flat part of the roofline, and all that is computed beside the counted operations.</summary>
    Compute,

    /// <summary>The main memory's bandwidth: the sloping part of the roofline.</summary>
    Memory,

    /// <summary>What a run costs however few the items: launches, waiting, threads without work.</summary>
    Latency,
}

/// <summary>An operation at one size.</summary>
/// <param name="Operation">Its name.</param>
/// <param name="Shape">The size.</param>
/// <param name="Items">Items of a run.</param>
/// <param name="Flops">Operations of a run, by the formula.</param>
/// <param name="Bytes">Bytes of a run, by the formula.</param>
/// <param name="Time">Seconds a run.</param>
/// <param name="LimitFlopsPerSecond">The roofline at its intensity.</param>
/// <param name="Bound">What keeps it from being faster.</param>
public sealed record BenchmarkResult(
    string Operation,
    BenchmarkShape Shape,
    double Items,
    double Flops,
    double Bytes,
    BenchmarkTime Time,
    double LimitFlopsPerSecond,
    BenchmarkBound Bound)
{
    /// <summary>Items a second.</summary>
    public double ItemsPerSecond => Items / Time.Median;

    /// <summary>Operations a second.</summary>
    public double FlopsPerSecond => Flops / Time.Median;

    /// <summary>Operations a byte.</summary>
    public double Intensity => Flops / Bytes;

    /// <summary>The rate as a share of the roofline.</summary>
    public double ShareOfLimit => FlopsPerSecond / LimitFlopsPerSecond;
}

/// <summary>What was measured, and whether its results are right.</summary>
/// <param name="Name">The name.</param>
/// <param name="Group">What it is one of.</param>
/// <param name="Item">What is counted a second, in the plural.</param>
/// <param name="FlopsFormula">Operations of a run.</param>
/// <param name="BytesFormula">Bytes of a run.</param>
/// <param name="Error">The largest error of its quantities against float64, in units of what passes: at most 1 where it
/// is reported.</param>
/// <param name="WorstQuantity">The quantity with that error.</param>
public sealed record BenchmarkedOperation(
    string Name, string Group, string Item, string FlopsFormula, string BytesFormula, double Error, string WorstQuantity)
{
    /// <summary>Whether every quantity is within its tolerance.</summary>
    public bool IsRight => Error <= 1;
}
