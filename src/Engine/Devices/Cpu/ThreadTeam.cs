using System.Runtime.ExceptionServices;

namespace ScoreGpu.Engine.Devices.Cpu;

/// <summary>A fixed team of threads that share out numbered pieces of work, many times a millisecond.</summary>
/// <remarks>
/// <c>Parallel.For</c> allocates and wakes the pool at each call, which costs more than a phase of a small training
/// step. Here the members spin for a moment between phases before they sleep. The caller waits for the pieces, not for
/// the members: on a busy machine a member that is not scheduled holds nobody up. Since no piece depends on who runs
/// it, results do not depend on the number of threads.
/// <para>
/// Each worker begins with a share of its own, neighbouring pieces and the same ones in every phase of as many, and helps
/// the others when it is done: what a piece wrote is where it is read next, in the caches of the same core. Where two cores
/// share no cache, a line that changes sides costs hundreds of cycles.
/// </para>
/// </remarks>
public sealed class ThreadTeam : IDisposable
{
    // About 50 µs: longer than the gap between two phases of a step, shorter than anyone would notice.
    private const int SpinsBeforeSleep = 2000;

    // Two cache lines, since processors fetch them in pairs.
    private const int TicketStride = 128 / sizeof(long);

    private readonly Thread[] _members;
    private readonly SemaphoreSlim _wake = new(0);
    private Action<int, int>? _work;
    private int _count;

    // A ticket a worker, each in a cache line of its own: the number of the phase in the upper half, the pieces of its share
    // that nobody has taken yet in the lower. A piece is taken by exchanging the whole: a member that comes late finds
    // another phase, or nothing left, and takes nothing.
    private readonly long[] _tickets;
    private uint _phase;
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
        _tickets = new long[(threads + 1) * TicketStride];
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
        uint phase = HandOut(count);
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

    /// <summary>Waits for a moment, and longer the more often there was nothing to be seen.</summary>
    /// <param name="spin">How often.</param>
    internal static void Pause(int spin)
    {
        // Looks often at first: SpinWait.SpinOnce backs off by microseconds, and a training step has several phases.
        if (spin < SpinsBeforeSleep)
        {
            Thread.SpinWait(1);
        }
        else
        {
            Thread.Yield();
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
        HandOut(0);
        _wake.Release(Threads);
        foreach (var member in _members)
        {
            member.Join();
        }

        _wake.Dispose();
    }

    /// <summary>The piece after the last of a worker's share.</summary>
    private int EndOfShare(int worker, int count) => (int)((worker + 1L) * count / Threads);

    /// <summary>A worker's ticket, the first of which has a cache line before it too.</summary>
    private ref long TicketOf(int worker) => ref _tickets[(worker + 1) * TicketStride];

    /// <summary>Begins a phase: every worker is given its share.</summary>
    private uint HandOut(int count)
    {
        _phase++;
        int first = 0;
        for (int worker = 0; worker < Threads; worker++)
        {
            int end = EndOfShare(worker, count);
            Interlocked.Exchange(ref TicketOf(worker), Ticket(_phase, end - first));
            first = end;
        }

        return _phase;
    }

    private static long Ticket(uint phase, int pieces) => ((long)phase << 32) | (uint)pieces;

    private static uint PhaseOf(long ticket) => (uint)(ticket >> 32);

    private void AwaitPieces(int count)
    {
        for (int spin = 0; Volatile.Read(ref _completed) < count; spin++)
        {
            Pause(spin);
        }
    }

    private void Serve(int worker)
    {
        uint seen = 0;
        while (!_stopping)
        {
            seen = AwaitPhaseAfter(seen, worker);
            Work(seen, worker);
        }
    }

    private uint AwaitPhaseAfter(uint seen, int worker)
    {
        for (int spin = 0; spin < SpinsBeforeSleep; spin++)
        {
            uint phase = PhaseOf(Volatile.Read(ref TicketOf(worker)));
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
            uint phase = PhaseOf(Volatile.Read(ref TicketOf(worker)));
            if (phase == seen)
            {
                _wake.Wait();
                phase = PhaseOf(Volatile.Read(ref TicketOf(worker)));
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
        int done = 0;
        for (int i = 0; i < Threads; i++)
        {
            int owner = (worker + i) % Threads;
            while (TryTake(phase, owner, out int piece, out Action<int, int>? work))
            {
                done++;
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
            }
        }

        // Told once: the line that holds it goes from core to core.
        if (done > 0)
        {
            Interlocked.Add(ref _completed, done);
        }
    }

    /// <summary>Takes the next piece of a worker's share.</summary>
    private bool TryTake(uint phase, int owner, out int piece, out Action<int, int>? work)
    {
        while (true)
        {
            long ticket = Volatile.Read(ref TicketOf(owner));
            int remaining = (int)(uint)ticket;
            if (PhaseOf(ticket) != phase || remaining == 0)
            {
                (piece, work) = (0, null);
                return false;
            }

            // Read before the exchange: if it succeeds, both still belonged to this phase.
            piece = EndOfShare(owner, Volatile.Read(ref _count)) - remaining;
            work = Volatile.Read(ref _work);
            if (Interlocked.CompareExchange(ref TicketOf(owner), ticket - 1, ticket) == ticket)
            {
                return true;
            }
        }
    }
}
