using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;

namespace ScoreGpu.Tests.Samplers.Proofs;

/// <summary>
/// The probability flow of N(0, s²) with s² = 0.25, which is known: x(t) = x(t₀)·√(v(t)/v(t₀)), v = α²s² + σ².
/// </summary>
internal static class GaussianFlow
{
    public const double DataVariance = 0.25;

    private static readonly GaussianMixture Data = GaussianMixture.Isotropic([[0.0]], Math.Sqrt(DataVariance));

    /// <summary>The names of the ODE solvers here.</summary>
    public static IReadOnlyList<string> Solvers { get; } =
        ["euler", "ddim", "heun", "edm", "dpm-solver++2m", "dpm-solver-2", "rk4"];

    public static StepProgram Create(string solver, SamplerModel model, TimeGrid grid) => solver switch
    {
        "euler" => EulerSampler.Create(model, grid),
        "ddim" => DdimSampler.Create(model, grid),
        "heun" => HeunSampler.Create(model, grid),
        "edm" => EdmSampler.Create(model, grid),
        "dpm-solver++2m" => DpmSolverPlusPlusSampler.Create(model, grid),
        "dpm-solver-2" => DpmSolver2Sampler.Create(model, grid),
        "rk4" => RungeKuttaSampler.Create(model, grid),
        _ => throw new ArgumentOutOfRangeException(nameof(solver)),
    };

    /// <summary>The relative error at the grid's end of a trajectory that starts at 1.</summary>
    public static double Error(
        string solver, DiffusionProcess process, TimeGrid grid, Prediction predicts = Prediction.Denoised)
    {
        var model = new SamplerModel(process, predicts);
        double end = Run(Create(solver, model, grid), model, [1.0])[0];
        return Math.Abs((end / Factor(process, grid.Times[0], grid.Times[^1])) - 1.0);
    }

    /// <summary>x(to)/x(from) of the exact flow.</summary>
    public static double Factor(DiffusionProcess process, double from, double to) =>
        Math.Sqrt(Variance(process, to) / Variance(process, from));

    /// <summary>v(t).</summary>
    public static double Variance(DiffusionProcess process, double t) =>
        (process.Alpha(t) * process.Alpha(t) * DataVariance) + (process.Sigma(t) * process.Sigma(t));

    /// <summary>The ends of trajectories with the exact network.</summary>
    public static double[] Run(StepProgram program, SamplerModel model, double[] start, ulong seed = 0) =>
        HostProgram.Run(
            program,
            new ExactNetwork(Data, model),
            new HostRequest { Count = start.Length, Start = start, Seed = seed }).Points;
}
