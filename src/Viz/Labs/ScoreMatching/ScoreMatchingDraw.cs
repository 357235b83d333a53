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

/// <summary>The keys of the lab's draws.</summary>
internal static class ScoreMatchingDraws
{
    /// <summary>The key of one purpose, and of one of several draws for it.</summary>
    public static ulong KeyOf(ulong seed, ScoreMatchingDraw draw, int index = 0) => LabKeys.Of(seed, (int)draw, index);
}
