namespace ScoreGpu.Engine.Benchmarks.Ladder;

/// <summary>How much of the ladder is measured. The defaults are the lab; less is for quick tests.</summary>
public sealed record LadderSettings
{
    /// <summary>N of the network on the CPU.</summary>
    public int Samples { get; init; } = 8192;

    /// <summary>N of the sampler on the CPU.</summary>
    public int Trajectories { get; init; } = 4096;

    /// <summary>The time that an accelerator's N of the network would take at its multiply-add rate.</summary>
    public double SamplesSeconds { get; init; } = 1e-3;

    /// <summary>The same of the sampler.</summary>
    public double TrajectoriesSeconds { get; init; } = 8e-3;

    /// <summary>The least N on an accelerator.</summary>
    public int LeastBatch { get; init; } = 256;

    /// <summary>The greatest N on an accelerator.</summary>
    public int GreatestBatch { get; init; } = 1 << 18;

    /// <summary>H.</summary>
    public int Width { get; init; } = BenchmarkShape.UsualWidth;

    /// <summary>S, the sampler's steps.</summary>
    public int Steps { get; init; } = LadderSubject.UsualSteps;

    /// <summary>Turns of each rung.</summary>
    public int Rounds { get; init; } = 7;

    /// <summary>Short runs are repeated until a turn takes about this long.</summary>
    public double LeastSeconds { get; init; } = 0.02;
}
