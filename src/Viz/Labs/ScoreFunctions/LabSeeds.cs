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

/// <summary>Turns the lab's seed into the keys of its draws.</summary>
internal static class LabSeeds
{
    /// <summary>The key of one purpose, and of one of several draws for it.</summary>
    public static ulong KeyOf(ulong seed, LabDraw draw, int index = 0) =>
        // Any odd multiplier keeps the keys of different purposes apart; this one spreads them over all bits.
        unchecked(seed + (((ulong)draw + (64 * (ulong)index)) * 0x9E3779B97F4A7C15));
}
