namespace ScoreGpu.Engine.Benchmarks.Growth;

/// <summary>Watches the process's resident memory while something runs.</summary>
internal sealed class ResidentPeak
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(2);

    private long _bytes;

    /// <summary>Runs something; what earlier runs left is collected first and given back to the system.</summary>
    /// <param name="run">What runs.</param>
    /// <returns>The most bytes that were seen.</returns>
    public static long During(Action run)
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var peak = new ResidentPeak();
        peak.Look();
        using (new Timer(_ => peak.Look(), null, Interval, Interval))
        {
            run();
        }

        // The results are in memory only now, where a run was shorter than the interval.
        peak.Look();
        return peak._bytes;
    }

    private void Look()
    {
        long now = Environment.WorkingSet;
        long before = Volatile.Read(ref _bytes);
        while (now > before)
        {
            long seen = Interlocked.CompareExchange(ref _bytes, now, before);
            if (seen == before)
            {
                return;
            }

            before = seen;
        }
    }
}
