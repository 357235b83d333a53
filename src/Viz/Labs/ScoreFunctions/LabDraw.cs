namespace ScoreGpu.Viz.Labs.ScoreFunctions;

/// <summary>
/// Keys for the lab's separate draws. Models take the seed itself, so that the command line makes the same ones.
/// </summary>
internal enum LabDraw
{
    Models = 0,
    FieldPoints,
    CleanPoints,
    SingleStarts,
    CrowdStarts,
    FirstRun,
    SecondRun,
    ManyRuns,
    QualityRun,
    NormalStarts,
    MatchedStarts,
    MarginalStarts,
    ReferenceData,

    // More data sets follow, one a number.
    FurtherData,
}

/// <summary>The keys of the lab's draws.</summary>
internal static class LabDraws
{
    /// <summary>The key of one purpose, and of one of several draws for it.</summary>
    public static ulong KeyOf(ulong seed, LabDraw draw, int index = 0) => LabKeys.Of(seed, (int)draw, index);
}
