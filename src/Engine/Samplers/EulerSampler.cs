namespace ScoreGpu.Engine.Samplers;

/// <summary>Euler's method for the probability-flow ODE in t: x′ = x + h·v(x, t). Order 1.</summary>
/// <remarks>
/// Flow matching is sampled so (Liu, Gong and Liu, 2022, arXiv:2209.03003, section 2.1). The ODE: Song et al., 2021,
/// arXiv:2011.13456, equation (13).
/// </remarks>
public static class EulerSampler
{
    /// <summary>The program of a grid: one row a step.</summary>
    /// <param name="model">A process in continuous time, and what the network predicts of it.</param>
    /// <param name="grid">The times, falling or rising.</param>
    /// <exception cref="InputException">The process is discrete, or a coefficient is not finite.</exception>
    public static StepProgram Create(SamplerModel model, TimeGrid grid) =>
        FlowSolver.Create("euler", model, grid, (rows, from, to) => rows.Add(model.Row(from, new StepUpdate
        {
            X = Register.State + ((to - from) * model.Velocity(from)),
        })));
}
