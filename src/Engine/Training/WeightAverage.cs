namespace ScoreGpu.Engine.Training;

/// <summary>An exponential moving average of the weights: a ← d·a + (1 − d)·w after every step.</summary>
/// <remarks>
/// The weights under training wander around the minimum; their average does so much less, and samples better: Song and
/// Ermon, 2020, arXiv:2006.09011, technique 5. It starts as the initial weights; d_n = min(d, (1 + n)/(10 + n)) after step
/// n lets it follow at first, so that it does not remember them (TensorFlow's <c>ExponentialMovingAverage</c> with
/// <c>num_updates</c>, and Song's code).
/// </remarks>
public sealed record WeightAverage
{
    /// <summary>Creates the average.</summary>
    /// <param name="decay">d, in [0, 1): about 1/(1 − d) steps are remembered.</param>
    /// <exception cref="InputException">The decay is out of range.</exception>
    public WeightAverage(double decay)
    {
        TrainingOptions.Require(decay is >= 0 and < 1, "decay of the weights' average", decay, "a number in [0, 1)");
        Decay = decay;
    }

    /// <summary>d.</summary>
    public double Decay { get; }

    /// <summary>d_n.</summary>
    /// <param name="step">n, from 1.</param>
    public double DecayAt(int step) => Math.Min(Decay, (1.0 + step) / (10.0 + step));
}
