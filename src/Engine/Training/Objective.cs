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
public sealed record DenoisingObjective(string Name, IReadOnlyList<NoiseLevel> Levels) : Objective(Name);

/// <summary>
/// Hyvärinen's score matching with the exact trace: L = E[tr ∇s(x) + ½‖s(x)‖²] (Hyvärinen 2005, JMLR 6, theorem 1).
/// For unconditional networks.
/// </summary>
public sealed record HyvarinenObjective() : Objective("hyvarinen");

/// <summary>
/// Sliced score matching with variance reduction: L = E[vᵀ∇s(x)v + ½‖s(x)‖²], v ~ N(0, I) (Song et al. 2019,
/// arXiv:1905.07088, equation 8). For unconditional networks.
/// </summary>
public sealed record SlicedObjective() : Objective("sliced");
