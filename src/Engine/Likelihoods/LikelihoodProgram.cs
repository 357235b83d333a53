using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;

namespace ScoreGpu.Engine.Likelihoods;

/// <summary>
/// A step program that leads data to noise, and beside it the quadrature of the divergence along the way: what
/// ln p(x₀) = ln p_T(x_T) + ∫₀ᵀ ∇·v dt needs.
/// </summary>
/// <remarks>
/// <para>
/// The density that the flow dx/dt = v(x, t) carries obeys d ln p_t(x(t))/dt = −∇·v (Chen et al., 2018,
/// arXiv:1806.07366, theorem 1), so from 0 to T it loses the integral, and the data's density is the prior's with the
/// integral added (Song et al., 2021, arXiv:2011.13456, equation (39)).
/// </para>
/// <para>
/// v = a·x + b·output, whose divergence is a·D + b·tr J. Each row of the program is one stage of a Runge–Kutta method, and
/// its weight is that stage's: the integral is what the method makes of one more component of the ODE. Σ w·a is the same
/// for all points and becomes <see cref="PerDimension"/>.
/// </para>
/// <para>
/// A process in discrete time has no v between its steps. With x̄ = x/α and κ = σ/α its flow is dx̄/dκ = ε, and Euler's and
/// Heun's methods in κ need ε at whole steps alone: those of DDIM and EDM (arXiv:2010.02502, equation (14);
/// arXiv:2206.00364, algorithm 1). ∇·ε with respect to x̄ is α times that with respect to x, and D·ln(α_T/α₀) comes from
/// the change of variables.
/// </para>
/// </remarks>
public sealed class LikelihoodProgram
{
    private LikelihoodProgram(
        StepProgram steps, double[] traceWeights, double perDimension, GaussianPrior prior, double time)
    {
        Steps = steps;
        TraceWeights = traceWeights;
        PerDimension = perDimension;
        Prior = prior;
        Time = time;
    }

    /// <summary>What leads a point to noise.</summary>
    public StepProgram Steps { get; }

    /// <summary>For each row the weight of tr J at the state that it evaluates the network at.</summary>
    public IReadOnlyList<double> TraceWeights { get; }

    /// <summary>What ln p gains a dimension whatever the network says.</summary>
    public double PerDimension { get; }

    /// <summary>What the flow ends in.</summary>
    public GaussianPrior Prior { get; }

    /// <summary>The time at which points are taken: theirs is the density of α·x₀ + σ·ε there.</summary>
    public double Time { get; }

    /// <summary>The program of a grid.</summary>
    /// <param name="model">The process, and what the network predicts of it.</param>
    /// <param name="grid">Rising times, from the data to the noise.</param>
    /// <param name="method">The method; Euler or Heun where the process is discrete.</param>
    /// <exception cref="InputException">The times fall, the method does not go with the process, or a coefficient is not
    /// finite.</exception>
    public static LikelihoodProgram Create(SamplerModel model, TimeGrid grid, FlowMethod method)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(grid);
        if (grid.Falls)
        {
            throw InputException.For(
                "the last time", grid.Times[^1], $"one above the first, {grid.Times[0]}: a density is followed to the noise");
        }

        return model.Process is ContinuousProcess ? InTime(model, grid, method) : InNoise(model, grid, method);
    }

    private static LikelihoodProgram InTime(SamplerModel model, TimeGrid grid, FlowMethod method)
    {
        (StepProgram steps, (double Node, double Weight)[] stages) = method switch
        {
            FlowMethod.Euler => (EulerSampler.Create(model, grid), [(0.0, 1.0)]),
            FlowMethod.Heun => (HeunSampler.Create(model, grid), Trapezoid),
            _ => (
                RungeKuttaSampler.Create(model, grid),
                new[] { (0.0, 1.0 / 6.0), (0.5, 1.0 / 3.0), (0.5, 1.0 / 3.0), (1.0, 1.0 / 6.0) }),
        };
        List<double> weights = [];
        double perDimension = 0.0;
        for (int i = 0; i + 1 < grid.Times.Count; i++)
        {
            (double from, double to) = (grid.Times[i], grid.Times[i + 1]);
            double h = to - from;
            foreach ((double node, double weight) in stages)
            {
                var velocity = model.Velocity(node == 1.0 ? to : from + (node * h));
                weights.Add(h * weight * velocity.Output);
                perDimension += h * weight * velocity.X;
            }
        }

        return Of(model, grid, steps, weights, perDimension);
    }

    private static LikelihoodProgram InNoise(SamplerModel model, TimeGrid grid, FlowMethod method)
    {
        (StepProgram steps, (double Node, double Weight)[] stages) = method switch
        {
            FlowMethod.Euler => (DdimSampler.Create(model, grid), [(0.0, 1.0)]),
            FlowMethod.Heun => (EdmSampler.Create(model, grid), Trapezoid),
            _ => throw InputException.For(
                "solver",
                "rk4",
                $"euler or heun: the process {model.Process.Name} has steps, and the network knows no time in between"),
        };
        List<double> weights = [];
        NoiseLevel[] levels = grid.Levels(model.Process);
        double perDimension = Math.Log(levels[^1].Alpha / levels[0].Alpha);
        for (int i = 0; i + 1 < levels.Length; i++)
        {
            double h = levels[i + 1].Ratio - levels[i].Ratio;
            foreach ((double node, double weight) in stages)
            {
                NoiseLevel at = node == 0.0 ? levels[i] : levels[i + 1];
                var slope = model.Epsilon(at.Time);
                weights.Add(h * weight * at.Alpha * slope.Output);
                perDimension += h * weight * at.Alpha * slope.X;
            }
        }

        return Of(model, grid, steps, weights, perDimension);
    }

    private static (double Node, double Weight)[] Trapezoid => [(0.0, 0.5), (1.0, 0.5)];

    private static LikelihoodProgram Of(
        SamplerModel model, TimeGrid grid, StepProgram steps, List<double> weights, double perDimension) =>
        new(steps, [.. weights], perDimension, model.Process.Prior(grid.Times[^1]), grid.Times[0]);
}
