namespace ScoreGpu.Engine.Likelihoods;

/// <summary>A Runge–Kutta method of fixed steps for the probability-flow ODE.</summary>
public enum FlowMethod
{
    /// <summary>Order 1, one evaluation a step.</summary>
    Euler,

    /// <summary>Order 2, two.</summary>
    Heun,

    /// <summary>The classical method of order 4, four.</summary>
    RungeKutta,
}
