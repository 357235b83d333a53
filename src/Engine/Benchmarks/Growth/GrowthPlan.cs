using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Cpu;

namespace ScoreGpu.Engine.Benchmarks.Growth;

/// <summary>One curve to measure.</summary>
/// <param name="Operation"><see cref="GrowthSubject.Sample"/> or <see cref="GrowthSubject.Draw"/>.</param>
/// <param name="Axis">What grows.</param>
/// <param name="Rest">The other sizes.</param>
/// <param name="Values">The sizes, rising.</param>
/// <param name="FittedFrom">From which on the power is fitted.</param>
internal sealed record PlannedCurve(
    string Operation, GrowthAxis Axis, GrowthSize Rest, IReadOnlyList<int> Values, int FittedFrom)
{
    /// <summary>All sizes.</summary>
    public IEnumerable<GrowthSize> Sizes => Values.Select(value => Rest.With(Axis, value));
}

/// <summary>Which curves are measured, and how often.</summary>
internal sealed record GrowthPlan
{
    private const int Steps = 10;

    /// <summary>The curves.</summary>
    public required IReadOnlyList<PlannedCurve> Curves { get; init; }

    /// <summary>Times that every size's turn comes.</summary>
    public required int Rounds { get; init; }

    /// <summary>Short runs are repeated until a turn takes about this long.</summary>
    public required double LeastSeconds { get; init; }

    /// <summary>Up to ten million trajectories, a thousand steps, 512 features, 512 dimensions and all threads.</summary>
    /// <param name="device">The device that is to be measured.</param>
    public static GrowthPlan For(IDevice device)
    {
        int threads = device is CpuDevice cpu ? cpu.Team.Threads : 0;
        GrowthSize narrow = new(0, Steps, 32, 2, threads);
        int[] counts =
            [100, 300, 1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000, 10_000_000];
        List<PlannedCurve> curves =
        [
            new(GrowthSubject.Draw, GrowthAxis.Count, narrow, counts, 100_000),
            new(GrowthSubject.Sample, GrowthAxis.Count, narrow, counts, 100_000),
            new(
                GrowthSubject.Sample,
                GrowthAxis.Steps,
                narrow with { Count = 16_384 },
                [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000],
                20),
            new(
                GrowthSubject.Sample,
                GrowthAxis.Width,
                narrow with { Count = 4096 },
                [16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512],
                128),
            new(
                GrowthSubject.Sample,
                GrowthAxis.Dimension,
                narrow with { Count = 4096 },
                [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
                64),
        ];
        if (threads > 1)
        {
            int[] teams =
            [
                .. Enumerable.Range(0, 31).Select(power => 1 << power).TakeWhile(team => team < threads),
                threads,
            ];
            curves.Add(new PlannedCurve(
                GrowthSubject.Sample, GrowthAxis.Threads, narrow with { Count = 262_144, Width = 64 }, teams, 1));
        }

        return new GrowthPlan { Curves = curves, Rounds = 5, LeastSeconds = 0.02 };
    }
}
