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
