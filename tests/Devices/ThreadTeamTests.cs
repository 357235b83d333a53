using System.Runtime.CompilerServices;
using ScoreGpu.Engine.Devices.Cpu;

namespace ScoreGpu.Tests.Devices;

public sealed class ThreadTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    public void Every_piece_is_done_once(int threads)
    {
        using var team = new ThreadTeam(threads);
        Assert.Equal(threads, team.Threads);
        foreach (int count in new[] { 0, 1, 2, 3, 64, 1001 })
        {
            int[] done = new int[count];
            int strangers = 0;
            team.Run(
                (piece, worker) =>
                {
                    Interlocked.Increment(ref done[piece]);
                    if (worker < 0 || worker >= threads)
                    {
                        Interlocked.Increment(ref strangers);
                    }
                },
                count);
            Assert.All(done, times => Assert.Equal(1, times));
            Assert.Equal(0, strangers);
        }
    }

    [Fact]
    public void What_the_work_held_is_let_go()
    {
        using var team = new ThreadTeam(3);
        WeakReference held = RunWithSomething(team);
        GC.Collect();
        Assert.False(held.IsAlive);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void A_share_whose_worker_is_held_up_is_done_by_others(int threads)
    {
        using var team = new ThreadTeam(threads);
        for (int held = 0; held < 40; held += 13)
        {
            using var rest = new CountdownEvent(39);
            bool wasDone = false;
            team.Run(
                (piece, _) =>
                {
                    if (piece == held)
                    {
                        wasDone = rest.Wait(TimeSpan.FromMinutes(1));
                    }
                    else
                    {
                        rest.Signal();
                    }
                },
                40);
            Assert.True(wasDone);
        }
    }

    [Fact]
    public void A_worker_runs_one_piece_at_a_time()
    {
        using var team = new ThreadTeam(4);
        int[] busy = new int[4];
        int clashes = 0;
        for (int phase = 0; phase < 200; phase++)
        {
            team.Run(
                (_, worker) =>
                {
                    if (Interlocked.Increment(ref busy[worker]) != 1)
                    {
                        Interlocked.Increment(ref clashes);
                    }

                    Thread.SpinWait(20);
                    Interlocked.Decrement(ref busy[worker]);
                },
                40);
        }

        Assert.Equal(0, clashes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void An_exception_reaches_the_caller_and_the_team_goes_on(int threads)
    {
        using var team = new ThreadTeam(threads);
        for (int round = 0; round < 20; round++)
        {
            var thrown = Assert.Throws<InvalidTimeZoneException>(() => team.Run(
                (piece, _) =>
                {
                    if (piece == 5)
                    {
                        throw new InvalidTimeZoneException("five");
                    }
                },
                50));
            Assert.Equal("five", thrown.Message);
            int sum = 0;
            team.Run((piece, _) => Interlocked.Add(ref sum, piece), 101);
            Assert.Equal(5050, sum);
        }
    }

    [Fact]
    public void Many_quick_phases_lose_no_piece()
    {
        // Pauses of every length, so that members are caught spinning, falling asleep and waking.
        using var team = new ThreadTeam(3);
        long sum = 0;
        void Work(int piece, int worker) => Interlocked.Add(ref sum, piece + 1);
        Action<int, int> work = Work;
        for (int phase = 0; phase < 20_000; phase++)
        {
            team.Run(work, 4);
            Thread.SpinWait(phase % 400 == 0 ? 200_000 : phase % 97 * 10);
        }

        Assert.Equal(20_000L * 10, sum);
    }

    [Fact]
    public void A_run_allocates_nothing()
    {
        using var team = new ThreadTeam(2);
        long sum = 0;
        Action<int, int> work = (piece, _) => Interlocked.Add(ref sum, piece);
        for (int i = 0; i < 100; i++)
        {
            team.Run(work, 8);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1000; i++)
        {
            team.Run(work, 8);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Teams_can_be_disposed_at_once_and_twice()
    {
        for (int i = 0; i < 50; i++)
        {
            var team = new ThreadTeam(3);
            team.Dispose();
            team.Dispose();
        }

        Assert.Throws<ArgumentOutOfRangeException>(() => new ThreadTeam(0));
    }

    // A method of its own, or the closure would live as long as the test.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference RunWithSomething(ThreadTeam team)
    {
        object something = new();
        team.Run((_, _) => GC.KeepAlive(something), 100);
        return new WeakReference(something);
    }
}
