using ScoreGpu.Engine.Benchmarks.Ladder;

namespace ScoreGpu.Viz.Labs.Ladder;

/// <summary>How much the lab measures. The defaults are the lab; less is for quick tests.</summary>
internal sealed record KernelsSettings
{
    /// <summary>Sizes and turns.</summary>
    public LadderSettings Ladder { get; init; } = new();

    /// <summary>Interfaces whose best device has a ladder too; null for every one that is here.</summary>
    public IReadOnlyList<string>? Accelerators { get; init; }

    /// <summary>Pixels an inch of the PNG figures.</summary>
    public double Dpi { get; init; } = 120;
}
