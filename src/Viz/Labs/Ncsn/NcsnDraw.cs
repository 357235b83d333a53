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
