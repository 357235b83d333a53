namespace ScoreGpu.Viz.Labs.FlowMatching;

/// <summary>
/// Keys for the lab's separate draws. Models take the seed itself, so that the command line makes the same ones.
/// </summary>
internal enum FlowMatchingDraw
{
    Models = 0,
    ConditionalClean,
    ConditionalNoise,
    ExactStarts,
    QualityRun,
    Reference,
    Truth,
    ErrorClean,
    ErrorNoise,
    Conversions,
    ReflowPairs,
    ReflowTraining,
    ReflowPaths,
    Directions,
}

/// <summary>The keys of the lab's draws.</summary>
internal static class FlowMatchingDraws
{
    /// <summary>The key of one purpose, and of one of several draws for it.</summary>
    public static ulong KeyOf(ulong seed, FlowMatchingDraw draw, int index = 0) =>
        LabKeys.Of(seed, (int)draw, index);
}
