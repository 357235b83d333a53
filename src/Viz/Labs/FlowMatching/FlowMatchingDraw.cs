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
