namespace ScoreGpu.Engine.Devices.Cpu;

/// <summary>A fixed team of threads that share out numbered pieces of work, many times a millisecond.</summary>
/// <remarks>
/// <c>Parallel.For</c> allocates and wakes the pool at each call, which costs more than a phase of a small training
/// step. Here the members spin for a moment between phases before they sleep. Pieces are handed out in order by a
/// counter; since no piece depends on who runs it, results do not depend on the number of threads.
/// </remarks>
public sealed class ThreadTeam : IDisposable
{
    // About 50 µs: longer than the gap between two phases of a step, shorter than anyone would notice.
    private const int SpinsBeforeSleep = 2000;

    private readonly Thread[] _members;
    private readonly SemaphoreSlim _wake = new(0);
    private Action<int, int>? _work;
    private int _count;
    private int _next;
    private int _phase;
    private int _running;
    private int _sleeping;
    private volatile bool _stopping;
    private Exception? _failure;

    /// <summary>Starts the team.</summary>
    /// <param name="threads">Threads that work at once, the caller's among them; at least 1.</param>
    public ThreadTeam(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Threads = threads;
        _members = new Thread[threads - 1];
        for (int i = 0; i < _members.Length; i++)
        {
            int worker = i + 1;
            _members[i] = new Thread(() => Serve(worker)) { IsBackground = true, Name = $"ScoreGpu worker {worker}" };
            _members[i].Start();
        }
    }

    /// <summary>Threads that work at once, the caller's among them.</summary>
    public int Threads { get; }

    /// <summary>Runs <paramref name="work"/>(piece, worker) for every piece below <paramref name="count"/>.</summary>
    /// <remarks>
    /// Returns when all are done. Allocates nothing; the delegate should be kept by the caller. Not re-entrant. The first
    /// exception of a piece is thrown here, once the others have stopped.
    /// </remarks>
    public void Run(Action<int, int> work, int count)
    {
        if (_members.Length == 0 || count == 1)
        {
            for (int piece = 0; piece < count; piece++)
            {
                work(piece, 0);
            }

            return;
        }

        _work = work;
        _count = count;
        _failure = null;
        Volatile.Write(ref _next, 0);
        Volatile.Write(ref _running, _members.Length);
        Interlocked.Increment(ref _phase);
        int asleep = Volatile.Read(ref _sleeping);
        if (asleep > 0)
        {
            _wake.Release(asleep);
        }

        Work(0);
        var spin = default(SpinWait);
        while (Volatile.Read(ref _running) > 0)
        {
            spin.SpinOnce(sleep1Threshold: -1);
        }

        if (_failure is not null)
        {
            throw new AggregateException(_failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_stopping)
        {
            return;
        }

        _stopping = true;
        Interlocked.Increment(ref _phase);
        _wake.Release(Threads);
        foreach (var member in _members)
        {
            member.Join();
        }

        _wake.Dispose();
    }

    private void Serve(int worker)
    {
        int seen = 0;
        while (true)
        {
            seen = AwaitPhaseAfter(seen);
            if (_stopping)
            {
                return;
            }

            Work(worker);
            Interlocked.Decrement(ref _running);
        }
    }

    private int AwaitPhaseAfter(int seen)
    {
        for (int spin = 0; spin < SpinsBeforeSleep; spin++)
        {
            int phase = Volatile.Read(ref _phase);
            if (phase != seen)
            {
                return phase;
            }

            Thread.SpinWait(4);
        }

        while (true)
        {
            // Announced before the last look, so that a phase begun in between either is seen or wakes us.
            Interlocked.Increment(ref _sleeping);
            int phase = Volatile.Read(ref _phase);
            if (phase == seen)
            {
                _wake.Wait();
                phase = Volatile.Read(ref _phase);
            }

            Interlocked.Decrement(ref _sleeping);
            if (phase != seen)
            {
                return phase;
            }
        }
    }

    private void Work(int worker)
    {
        var work = _work!;
        try
        {
            while (true)
            {
                int piece = Interlocked.Increment(ref _next) - 1;
                if (piece >= _count)
                {
                    return;
                }

                work(piece, worker);
            }
        }
        catch (Exception failure)
        {
            Interlocked.CompareExchange(ref _failure, failure, null);
            Volatile.Write(ref _next, _count);
        }
    }
}
