namespace ScoreGpu.Viz.Labs.Sde;

/// <summary>
/// Keys for the lab's separate draws. The model takes the seed itself, so that the command line makes the same one.
/// </summary>
internal enum SdeDraw
{
    Model = 0,
    Moments,
    TweedieData,
    TweedieNoise,
    ForwardData,
    ForwardNoise,
    ForwardShown,
    LimitChains,
    Paths,
    Particles,
    OtherParticles,
    Marginals,
    Variants,
    Orders,
    Quality,
    Reference,
    Correctors,
    LikelihoodPoints,
    Probes,
    TracePoints,
    RoundTrip,
}
