namespace ScoreGpu.Viz.Labs.ScoreMatching;

/// <summary>
/// Keys for the lab's separate draws. Models take the seed itself, so that the command line makes the same ones.
/// </summary>
internal enum ScoreMatchingDraw
{
    Models = 0,
    DataPoints,
    NoisyPoints,
    FarPoints,
    LossPoints,
    IdentityBatch,
    Langevin,
    CleanReference,
    NoisedReference,
    FreshClean,
    FreshNoised,
    WeightReference,
}
