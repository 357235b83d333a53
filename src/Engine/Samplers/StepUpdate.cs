using ScoreGpu.Kernels;

namespace ScoreGpu.Engine.Samplers;

/// <summary>
/// The linear part of a row in double: x̂₀ = clamp(DenoisedX·x + DenoisedOutput·output, ±DenoisedBound), then every
/// register's next value, each from the old ones. A register that is not named keeps its value.
/// </summary>
public sealed record StepUpdate
{
    /// <summary>Weight of x in x̂₀.</summary>
    public double DenoisedX { get; init; }

    /// <summary>Weight of the output in x̂₀.</summary>
    public double DenoisedOutput { get; init; }

    /// <summary>The largest |x̂₀| in each dimension; +∞ clips nothing.</summary>
    public double DenoisedBound { get; init; } = double.PositiveInfinity;

    /// <summary>The next state.</summary>
    public required LinearCombination X { get; init; }

    /// <summary>The next anchor.</summary>
    public LinearCombination Anchor { get; init; } = Register.Anchor;

    /// <summary>The next accumulator.</summary>
    public LinearCombination Accumulator { get; init; } = Register.Accumulator;

    /// <summary>What the next row finds as previous.</summary>
    public LinearCombination Previous { get; init; } = Register.Previous;

    /// <summary>Whether any register takes noise.</summary>
    public bool UsesNoise => X.Noise != 0 || Anchor.Noise != 0 || Accumulator.Noise != 0 || Previous.Noise != 0;

    /// <summary>Whether every weight is finite; the bound may be +∞.</summary>
    public bool IsFinite =>
        X.IsFinite && Anchor.IsFinite && Accumulator.IsFinite && Previous.IsFinite
        && double.IsFinite(DenoisedX + DenoisedOutput);

    /// <summary>The same numbers as exact doubles.</summary>
    public static StepUpdate From(StepCoefficients coefficients) =>
        new()
        {
            DenoisedX = coefficients.DenoisedX,
            DenoisedOutput = coefficients.DenoisedOutput,
            DenoisedBound = coefficients.DenoisedBound,
            X = LinearCombination.From(coefficients.X),
            Anchor = LinearCombination.From(coefficients.Anchor),
            Accumulator = LinearCombination.From(coefficients.Accumulator),
            Previous = LinearCombination.From(coefficients.Previous),
        };

    /// <summary>The numbers as the kernels read them.</summary>
    public StepCoefficients Rounded() =>
        new(
            (float)DenoisedX,
            (float)DenoisedOutput,
            (float)DenoisedBound,
            X.Rounded(),
            Anchor.Rounded(),
            Accumulator.Rounded(),
            Previous.Rounded());
}
