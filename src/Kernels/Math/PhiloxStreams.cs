namespace ScoreGpu.Kernels;

/// <summary>
/// What the words of a Philox counter mean throughout the engine: counter = (sample, row, draw, stream),
/// key = (low 32 bits of the seed, high 32 bits of the seed).
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item><description><c>sample</c>: the index of the trajectory or data point in the whole run, not in a
/// batch.</description></item>
/// <item><description><c>row</c>: the row of the step program, or the training step.</description></item>
/// <item><description><c>draw</c>: for normals, draw d fills dimensions 4d … 4d + 3. Draws from
/// <see cref="FirstUniformDraw"/> up are uniforms, so that they never meet the normals of a point.</description></item>
/// <item><description><c>stream</c>: one of the constants below, so that two purposes never share a
/// draw.</description></item>
/// </list>
/// Launch geometry, batch splits and thread counts never enter, so they cannot change a result.
/// </remarks>
public static class PhiloxStreams
{
    /// <summary>The initial state of a trajectory.</summary>
    public const uint InitialState = 0;

    /// <summary>The noise that a sampler adds in a step.</summary>
    public const uint SamplerNoise = 1;

    /// <summary>The data point x₀ that a training step uses.</summary>
    public const uint TrainingData = 2;

    /// <summary>The noise ε and the time t of a training step.</summary>
    public const uint TrainingNoise = 3;

    /// <summary>The initial weights of a network.</summary>
    public const uint NetworkInitialisation = 4;

    /// <summary>Samples drawn from a mixture, or another distribution, as such.</summary>
    public const uint MixtureSampling = 5;

    /// <summary>The probe vectors of a trace estimator.</summary>
    public const uint Probes = 6;

    /// <summary>The order in which an epoch goes through a set of points.</summary>
    public const uint EpochOrder = 7;

    /// <summary>The directions that samples are projected on.</summary>
    public const uint Projections = 8;

    /// <summary>The component that a sample is counted with.</summary>
    public const uint ModeAssignment = 9;

    /// <summary>Which points are held out of training, and their noise.</summary>
    public const uint HeldOut = 10;

    /// <summary>The frequencies of a network's Fourier features of time.</summary>
    public const uint FourierFrequencies = 11;

    /// <summary>
    /// The first draw index set aside for uniforms (2³¹). A mixture takes its component from word X0 of this draw.
    /// </summary>
    public const uint FirstUniformDraw = 0x8000_0000;
}
