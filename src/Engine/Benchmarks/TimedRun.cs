using System.Diagnostics;

namespace ScoreGpu.Engine.Benchmarks;

/// <summary>Something that is run again and again and timed: a turn repeats short runs, and its time is their mean.</summary>
/// <param name="run">What runs.</param>
/// <param name="longSeconds">A run of more is long: it has fewer turns, and none to warm up.</param>
internal sealed class TimedRun(Action run, double longSeconds = 1)
{
    private const int MostRunsPerTurn = 100_000;

    // On a machine that has become busy since, the runs of a turn may take a thousand times what they took.
    private const double MostSecondsPerTurn = 1;

    /// <summary>Seconds a run, roughly.</summary>
    public double Seconds { get; private set; }

    /// <summary>Runs in a turn.</summary>
    public int RunsPerTurn { get; private set; } = 1;

    /// <summary>The turns so far, seconds a run.</summary>
    public List<double> Turns { get; } = [];

    /// <summary>Whether a run takes so long that it has fewer turns.</summary>
    public bool IsLong => Seconds > longSeconds;

    /// <summary>Runs it for the first time, and finds how often a turn must repeat it.</summary>
    /// <param name="leastSeconds">What a turn takes at least, about.</param>
    public void Calibrate(double leastSeconds)
    {
        Seconds = Time();
        if (IsLong)
        {
            // The first run compiles and allocates; beside a long one that is nothing.
            Turns.Add(Seconds);
            return;
        }

        Seconds = Time();

        while (Seconds * RunsPerTurn < leastSeconds && RunsPerTurn < MostRunsPerTurn)
        {
            double wanted = Math.Ceiling(leastSeconds / Math.Max(Seconds, 1e-9));
            RunsPerTurn = (int)Math.Clamp(wanted, RunsPerTurn + 1.0, Math.Min(MostRunsPerTurn, 8.0 * RunsPerTurn));
            Seconds = Time();
        }
    }

    /// <summary>Has its turn in a round; if it is long, only in the first and the last, the first run being a turn too.
    /// </summary>
    /// <param name="round">The round, −1 to warm up.</param>
    /// <param name="rounds">Rounds that count.</param>
    public void Take(int round, int rounds)
    {
        bool isOfLong = round == 0 || round == rounds - 1;
        if (IsLong && !isOfLong)
        {
            return;
        }

        double seconds = Time();
        if (round >= 0)
        {
            Turns.Add(seconds);
        }
    }

    /// <summary>The times of the turns.</summary>
    public BenchmarkTime ToTime() => BenchmarkTime.Of(Turns, RunsPerTurn);

    private double Time()
    {
        long start = Stopwatch.GetTimestamp();
        int runs = 0;
        double seconds;
        do
        {
            run();
            runs++;
            seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        while (runs < RunsPerTurn && seconds < MostSecondsPerTurn);

        return seconds / runs;
    }
}
