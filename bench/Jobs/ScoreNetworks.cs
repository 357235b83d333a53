using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Bench.Jobs;

/// <summary>The score networks of the race, as bench/peers/torch_jobs.py has them, and the multiply-adds they cost.</summary>
/// <remarks>A multiply-add counts as two operations; activations, noise and the optimiser as none.</remarks>
/// <param name="hidden">Features of each of the three hidden layers.</param>
/// <param name="conditioning">What is told of σ.</param>
internal sealed class ScoreNetworks(int hidden, TimeConditioning conditioning)
{
    private const int Dimension = 2;

    /// <summary>A score at one noise level, three hidden layers of 128.</summary>
    public static ScoreNetworks Plain { get; } = new(128, new NoConditioning());

    /// <summary>A score at every one of twelve levels, three hidden layers of 256, ln σ by way of 32 features.</summary>
    public static ScoreNetworks OfLevels { get; } = new(256, new LogSigmaEmbedding(32));

    /// <summary>The twelve levels from 10 to 0.01.</summary>
    public static GeometricNoiseLevels Levels { get; } = new(10.0, 0.01, 12);

    public Network Network { get; } = Network.Create(new NetworkArchitecture(Dimension, hidden, 3, conditioning), 1);

    /// <summary>A sample's forward pass: the embedding is a bias, worked out once a level.</summary>
    public double EvaluationFlops => 2.0 * ((2 * Dimension * hidden) + (2 * hidden * hidden));

    /// <summary>Forward, weight gradients, and δ back to all layers but the first, of a sample's value and of each of its
    /// tangents.</summary>
    public double TrainingFlops(int tangents) =>
        (1 + tangents) * ((3 * EvaluationFlops) - (2.0 * Dimension * hidden));
}
