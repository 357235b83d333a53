namespace ScoreGpu.Engine.Samplers;

/// <summary>
/// The classical Runge–Kutta method for the probability-flow ODE in t: x′ = x + h·(k₁ + 2k₂ + 2k₃ + k₄)/6. Order 4.
/// </summary>
/// <remarks>
/// Four rows a step: the anchor keeps x, the accumulator the weighted slopes. Kutta, 1901; Hairer, Nørsett and Wanner,
/// 1993, "Solving ordinary differential equations I", section II.1, table 1.2; the ODE: arXiv:2011.13456, equation
/// (13).
/// </remarks>
public static class RungeKuttaSampler
{
    /// <summary>The program of a grid: four rows a step, one for a last step to the data.</summary>
    /// <param name="model">A process in continuous time, and what the network predicts of it.</param>
    /// <param name="grid">The times, falling or rising.</param>
    /// <exception cref="InputException">The process is discrete, or a coefficient is not finite.</exception>
    public static StepProgram Create(SamplerModel model, TimeGrid grid) =>
        FlowSolver.Create("rk4", model, grid, (rows, from, to) =>
        {
            double h = to - from;
            double middle = from + (0.5 * h);
            var (first, halfway, last) = (model.Velocity(from), model.Velocity(middle), model.Velocity(to));
            rows.Add(model.Row(from, new StepUpdate
            {
                X = Register.State + (0.5 * h * first),
                Anchor = Register.State,
                Accumulator = h / 6.0 * first,
            }));
            rows.Add(model.Row(middle, new StepUpdate
            {
                X = Register.Anchor + (0.5 * h * halfway),
                Accumulator = Register.Accumulator + (h / 3.0 * halfway),
            }));
            rows.Add(model.Row(middle, new StepUpdate
            {
                X = Register.Anchor + (h * halfway),
                Accumulator = Register.Accumulator + (h / 3.0 * halfway),
            }));
            rows.Add(model.Row(to, new StepUpdate
            {
                X = Register.Anchor + Register.Accumulator + (h / 6.0 * last),
            }));
        });
}
