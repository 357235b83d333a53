using ScoreGpu.Engine.Benchmarks.Ladder;

namespace ScoreGpu.Viz.Labs.Ladder;

/// <summary>What a rung waits for, in words and in ink.</summary>
internal static class LimitText
{
    /// <summary>The name in files.</summary>
    public static string KeyOf(RungLimit limit) => limit switch
    {
        RungLimit.LocalMemory => "local_memory",
        _ => limit.ToString().ToLowerInvariant(),
    };

    /// <summary>The name in figures and tables.</summary>
    public static string NameOf(RungLimit limit) => limit switch
    {
        RungLimit.Arithmetic => "arithmetic",
        RungLimit.Waiting => "waiting for the last sum",
        RungLimit.Loads => "loads from the cache",
        RungLimit.Activations => "activations",
        RungLimit.LocalMemory => "local memory",
        RungLimit.Memory => "memory",
        _ => "launches and meetings",
    };

    /// <summary>The colour in figures.</summary>
    public static Ink InkOf(RungLimit limit) => limit switch
    {
        RungLimit.Arithmetic => Ink.Green,
        RungLimit.Waiting => Ink.Orange,
        RungLimit.Loads => Ink.Yellow,
        RungLimit.Activations => Ink.Violet,
        RungLimit.LocalMemory => Ink.Yellow,
        RungLimit.Memory => Ink.Pink,
        _ => Ink.Slate,
    };
}
