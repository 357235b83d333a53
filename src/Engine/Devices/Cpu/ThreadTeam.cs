using System.Runtime.ExceptionServices;

namespace ScoreGpu.Engine.Devices.Cpu;

/// <summary>A fixed team of threads that share out numbered pieces of work, many times a millisecond.</summary>
/// <remarks>
/// <c>Parallel.For</c> allocates and wakes the pool at each call, which costs more than a phase of a small training
/// step. Here the members spin for a moment between phases before they sleep. The caller waits for the pieces, not for
/// the members: on a busy machine a member that is not scheduled holds nobody up. Since no piece depends on who runs
/// it, results do not depend on the number of threads.
/// </remarks>
public sealed class ThreadTeam : IDisposable
{
    // About 50 µs: longer than the gap between two phases of a step, shorter than anyone would notice.
    private const int SpinsBeforeSleep = 2000;

    private readonly Thread[] _members;
    private readonly SemaphoreSlim _wake = new(0);
    private Action<int, int>? _work;
    private int _count;

    // The number of the phase in the upper half, the pieces that nobody has taken yet in the lower. A piece is taken by
    // exchanging the whole: a member that comes late finds another phase, or nothing left, and takes nothing.
    private long _ticket;
    private int _completed;
    private int _sleeping;
    private volatile bool _stopping;
    private volatile Exception? _failure;

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
    /// Returns when all are done. Allocates nothing; the delegate should be kept by the caller. Not re-entrant. After an
    /// exception no further piece is begun, and it is thrown here.
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
        Volatile.Write(ref _completed, 0);
        uint phase = PhaseOf(Volatile.Read(ref _ticket)) + 1;
        Interlocked.Exchange(ref _ticket, Ticket(phase, count));
        int asleep = Volatile.Read(ref _sleeping);
        if (asleep > 0)
        {
            _wake.Release(asleep);
        }

        Work(phase, 0);
        AwaitPieces(count);

        // What the work holds, such as a run's results, must not live until the next phase. A member that comes late reads
        // null, and takes nothing.
        Volatile.Write(ref _work, null);
        if (_failure is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
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
        Interlocked.Exchange(ref _ticket, Ticket(PhaseOf(Volatile.Read(ref _ticket)) + 1, 0));
        _wake.Release(Threads);
        foreach (var member in _members)
        {
            member.Join();
        }

        _wake.Dispose();
    }

    private static long Ticket(uint phase, int pieces) => ((long)phase << 32) | (uint)pieces;

    private static uint PhaseOf(long ticket) => (uint)(ticket >> 32);

    private void AwaitPieces(int count)
    {
        // Looks often at first: SpinWait.SpinOnce backs off by microseconds, and a training step has several phases.
        for (int spin = 0; Volatile.Read(ref _completed) < count; spin++)
        {
            if (spin < SpinsBeforeSleep)
            {
                Thread.SpinWait(1);
            }
            else
            {
                Thread.Yield();
            }
        }
    }

    private void Serve(int worker)
    {
        uint seen = 0;
        while (!_stopping)
        {
            seen = AwaitPhaseAfter(seen);
            Work(seen, worker);
        }
    }

    private uint AwaitPhaseAfter(uint seen)
    {
        for (int spin = 0; spin < SpinsBeforeSleep; spin++)
        {
            uint phase = PhaseOf(Volatile.Read(ref _ticket));
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
            uint phase = PhaseOf(Volatile.Read(ref _ticket));
            if (phase == seen)
            {
                _wake.Wait();
                phase = PhaseOf(Volatile.Read(ref _ticket));
            }

            Interlocked.Decrement(ref _sleeping);
            if (phase != seen)
            {
                return phase;
            }
        }
    }

    private void Work(uint phase, int worker)
    {
        while (true)
        {
            long ticket = Volatile.Read(ref _ticket);
            int remaining = (int)(uint)ticket;
            if (PhaseOf(ticket) != phase || remaining == 0)
            {
                return;
            }

            // Read before the exchange: if it succeeds, both still belonged to this phase.
            int piece = Volatile.Read(ref _count) - remaining;
            var work = Volatile.Read(ref _work);
            if (Interlocked.CompareExchange(ref _ticket, ticket - 1, ticket) != ticket)
            {
                continue;
            }

            try
            {
                if (_failure is null)
                {
                    work!(piece, worker);
                }
            }
            catch (Exception failure)
            {
                _failure = failure;
            }

            Interlocked.Increment(ref _completed);
        }
    }
}
