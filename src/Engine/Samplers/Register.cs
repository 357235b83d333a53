namespace ScoreGpu.Engine.Samplers;

/// <summary>What a row of a step program can see, each as a <see cref="LinearCombination"/> of itself alone.</summary>
public static class Register
{
    /// <summary>The state x, at which the row evaluates the network.</summary>
    public static LinearCombination State { get; } = new(1, 0, 0, 0, 0, 0, 0);

    /// <summary>The anchor: most often the state at the start of a step of several rows.</summary>
    public static LinearCombination Anchor { get; } = new(0, 1, 0, 0, 0, 0, 0);

    /// <summary>The accumulator: most often a sum over the rows of a step.</summary>
    public static LinearCombination Accumulator { get; } = new(0, 0, 1, 0, 0, 0, 0);

    /// <summary>What a multistep method keeps of the row before.</summary>
    public static LinearCombination Previous { get; } = new(0, 0, 0, 1, 0, 0, 0);

    /// <summary>The network's output at x.</summary>
    public static LinearCombination Output { get; } = new(0, 0, 0, 0, 1, 0, 0);

    /// <summary>The denoised estimate x̂₀, clipped where the row clips.</summary>
    public static LinearCombination Denoised { get; } = new(0, 0, 0, 0, 0, 1, 0);

    /// <summary>Fresh noise z ~ N(0, I).</summary>
    public static LinearCombination Noise { get; } = new(0, 0, 0, 0, 0, 0, 1);

    /// <summary>Nothing.</summary>
    public static LinearCombination Zero => default;
}
