namespace ScoreGpu.Engine.Training;

/// <summary>The hyper-parameters of a training run.</summary>
public sealed record TrainingOptions
{
    /// <summary>Samples a step, N ≥ 1.</summary>
    public int BatchSize { get; init; } = 512;

    /// <summary>Adam's learning rate η &gt; 0.</summary>
    public double LearningRate { get; init; } = 3e-4;

    /// <summary>Adam's β₁ in [0, 1).</summary>
    public double Beta1 { get; init; } = 0.9;

    /// <summary>Adam's β₂ in [0, 1).</summary>
    public double Beta2 { get; init; } = 0.999;

    /// <summary>Adam's ε &gt; 0.</summary>
    public double Epsilon { get; init; } = 1e-8;

    /// <summary>
    /// AdamW's decoupled weight decay λ ≥ 0: each step takes ηλw from every weight and bias, as PyTorch's AdamW does by
    /// default. 0 is Adam.
    /// </summary>
    public double WeightDecay { get; init; }

    /// <summary>The moving average of the weights that is kept beside them; null keeps none.</summary>
    public WeightAverage? Average { get; init; }

    /// <summary>The largest global norm of the gradient; +∞ clips nothing.</summary>
    public double ClipNorm { get; init; } = double.PositiveInfinity;

    /// <summary>The key of every random draw.</summary>
    public ulong Seed { get; init; }

    /// <summary>Checks every number.</summary>
    /// <exception cref="InputException">One is out of range.</exception>
    public void Validate()
    {
        Require(BatchSize is >= 1 and <= 1 << 24, "batch", BatchSize, "1 to 16,777,216");
        RequireLearningRate(LearningRate);
        Require(Beta1 is >= 0 and < 1, "beta1", Beta1, "a number in [0, 1)");
        Require(Beta2 is >= 0 and < 1, "beta2", Beta2, "a number in [0, 1)");
        Require(double.IsFinite(Epsilon) && Epsilon > 0, "epsilon", Epsilon, "a positive number");
        Require(
            double.IsFinite(WeightDecay) && WeightDecay >= 0 && LearningRate * WeightDecay < 1,
            "weight decay",
            WeightDecay,
            "a number of at least 0, below 1 / learning rate");
        Require(ClipNorm > 0, "clip norm", ClipNorm, "a positive number");
    }

    /// <summary>Checks a learning rate.</summary>
    /// <exception cref="InputException">It is not a positive number.</exception>
    public static void RequireLearningRate(double value) =>
        Require(double.IsFinite(value) && value > 0, "learning rate", value, "a positive number");

    internal static void Require(bool holds, string name, object value, string expected)
    {
        if (!holds)
        {
            throw InputException.For(name, value, expected);
        }
    }
}

/// <summary>A batch that the caller chose, in place of a drawn one.</summary>
/// <param name="Clean">x₀ as [N, D]; for the objectives without noise, the points themselves.</param>
/// <param name="Noise">ε as [N, D]; the probes v for sliced score matching; empty for Hyvärinen's.</param>
/// <param name="Levels">The level of each sample as [N]; empty where there is one level.</param>
public sealed record TrainingBatch(float[] Clean, float[] Noise, int[] Levels);
