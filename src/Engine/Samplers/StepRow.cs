using ScoreGpu.Kernels;

namespace ScoreGpu.Engine.Samplers;

/// <summary>One network evaluation and the linear update of the sampler's registers that follows it.</summary>
/// <param name="Condition">What the network is told: the step t, or σ; ignored by an unconditional network.</param>
/// <param name="Exact">x̂₀ and the registers' next values in double. Equal rows may share one.</param>
public readonly record struct StepRow(double Condition, StepUpdate Exact)
{
    /// <summary>A row of coefficients that are in single precision already.</summary>
    public StepRow(double condition, StepCoefficients update)
        : this(condition, StepUpdate.From(update))
    {
    }

    /// <summary>The coefficients as the kernels read them.</summary>
    public StepCoefficients Update => Exact.Rounded();
}
