namespace ScoreGpu.Viz.Labs.Ncsn;

/// <summary>
/// Keys for the lab's separate draws. Models take the seed itself, so that the command line makes the same ones.
/// </summary>
internal enum NcsnDraw
{
    Models = 0,
    LevelPoints,
    LossNoise,
    Reference,
    Langevin,
    Uneven,
    UnevenReference,
    Shares,
    StepSizes,
    Particles,
    EndPoints,
    EndNoise,
    Converted,
    LikelihoodPoints,
    Probes,
    Chains,
    ChainStarts,
}

/// <summary>The keys of the lab's draws.</summary>
internal static class NcsnDraws
{
    /// <summary>The key of one purpose, and of one of several draws for it.</summary>
    public static ulong KeyOf(ulong seed, NcsnDraw draw, int index = 0) => LabKeys.Of(seed, (int)draw, index);
}
