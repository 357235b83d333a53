namespace ScoreGpu.Engine.Training;

/// <summary>What a network is trained to minimise.</summary>
/// <param name="Name">What files and the command line call it.</param>
public abstract record Objective(string Name);

/// <summary>One noise level of a denoising objective.</summary>
/// <remarks>The network sees x_t = α·x₀ + σ·ε and <paramref name="Condition"/>, and should say c₀·x₀ + c₁·ε.</remarks>
/// <param name="Condition">What the network is told.</param>
/// <param name="Alpha">α.</param>
/// <param name="Sigma">σ.</param>
/// <param name="TargetClean">c₀.</param>
/// <param name="TargetNoise">c₁.</param>
/// <param name="Weight">w.</param>
public readonly record struct NoiseLevel(
    double Condition, double Alpha, double Sigma, double TargetClean, double TargetNoise, double Weight);

/// <summary>
/// L = E over levels (drawn uniformly), x₀ and ε of w·‖f(x_t, level) − (c₀·x₀ + c₁·ε)‖²: noise prediction, denoising
/// score matching and every other regression of the field, told apart by the table alone.
/// </summary>
/// <param name="Name">What files and the command line call it.</param>
/// <param name="Levels">The noise levels.</param>
public sealed record DenoisingObjective(string Name, IReadOnlyList<NoiseLevel> Levels) : Objective(Name)
{
    /// <summary>Whether ε is no noise but a target that every batch brings along, so that none can be drawn.</summary>
    public bool HasGivenTargets { get; init; }
}

/// <summary>
/// Hyvärinen's score matching with the exact trace: L = E[tr ∇s(x) + ½‖s(x)‖²] (Hyvärinen 2005, JMLR 6, theorem 1).
/// For unconditional networks.
/// </summary>
public sealed record HyvarinenObjective() : Objective("hyvarinen");

/// <summary>
/// Sliced score matching: L = E[vᵀ∇s(x)v + ½(vᵀs(x))²] with E[vvᵀ] = I (Song et al. 2019, arXiv:1905.07088, section 3),
/// with variance reduction E[vᵀ∇s(x)v + ½‖s(x)‖²] (equation 8). For unconditional networks.
/// </summary>
/// <param name="Probes">How v is drawn.</param>
/// <param name="ReducesVariance">Whether the second term is ½‖s‖², which it is on average.</param>
public sealed record SlicedObjective(ProbeKind Probes = ProbeKind.Gaussian, bool ReducesVariance = true)
    : Objective("sliced")
{
    /// <summary>Turns draws of N(0, 1) into entries of probes: their signs, where probes are Rademacher.</summary>
    internal void FromNormals(Span<float> probes)
    {
        if (Probes == ProbeKind.Rademacher)
        {
            for (int i = 0; i < probes.Length; i++)
            {
                probes[i] = MathF.CopySign(1f, probes[i]);
            }
        }
    }
}

/// <summary>How the random directions of a trace estimator are drawn. E[vvᵀ] = I for each.</summary>
public enum ProbeKind
{
    /// <summary>v ~ N(0, I).</summary>
    Gaussian,

    /// <summary>Each entry −1 or 1: of all such v the estimator's variance is least.</summary>
    Rademacher,
}
