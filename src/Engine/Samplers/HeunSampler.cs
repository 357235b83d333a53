namespace ScoreGpu.Engine.Samplers;

/// <summary>
/// Heun's method for the probability-flow ODE in t: x̃ = x + h·v(x, t), x′ = x + ½h·(v(x, t) + v(x̃, t + h)). Order 2.
/// </summary>
/// <remarks>
/// Two rows a step: the anchor keeps x + ½h·v while the state goes to x̃. Hairer, Nørsett and Wanner, 1993, "Solving
/// ordinary differential equations I", section II.1; the ODE: arXiv:2011.13456, equation (13).
/// </remarks>
public static class HeunSampler
{
    /// <summary>The program of a grid: two rows a step, one for a last step to the data.</summary>
    /// <param name="model">A process in continuous time, and what the network predicts of it.</param>
    /// <param name="grid">The times, falling or rising.</param>
    /// <exception cref="InputException">The process is discrete, or a coefficient is not finite.</exception>
    public static StepProgram Create(SamplerModel model, TimeGrid grid) =>
        FlowSolver.Create("heun", model, grid, (rows, from, to) =>
        {
            double h = to - from;
            var velocity = model.Velocity(from);
            rows.Add(model.Row(from, new StepUpdate
            {
                X = Register.State + (h * velocity),
                Anchor = Register.State + (0.5 * h * velocity),
            }));
            rows.Add(model.Row(to, new StepUpdate { X = Register.Anchor + (0.5 * h * model.Velocity(to)) }));
        });
}
