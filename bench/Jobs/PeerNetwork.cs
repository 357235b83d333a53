using ScoreGpu.Engine.Files;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Bench.Jobs;

/// <summary>The network of every job, as bench/peers/torch_jobs.py has it, and the multiply-adds that it costs.</summary>
/// <remarks>A multiply-add counts as two operations; activations, noise and the optimiser as none.</remarks>
internal static class PeerNetwork
{
    public const int Dimension = 2;

    private const int Hidden = 128;

    public static DdpmSchedule Schedule { get; } = new();

    public static Network Network { get; } = Network.Create(
        new NetworkArchitecture(Dimension, Hidden, 3, new LearnedEmbedding(Schedule.Steps, Hidden)), 1);

    /// <summary>A sample's forward pass: the embedding is a bias, worked out once a level.</summary>
    public static double EvaluationFlops => 2.0 * ((2 * Dimension * Hidden) + (2 * Hidden * Hidden));

    /// <summary>Forward, weight gradients, and δ back to all layers but the first; the levels' tower in full.</summary>
    public static double TrainingFlops(int batch) =>
        (batch * ((3 * EvaluationFlops) - (2.0 * Dimension * Hidden))) + (Schedule.Steps * 3 * LevelFlops);

    private static double LevelFlops => 2.0 * 2 * Hidden * Hidden;

    public static void Save(string file) => SafetensorsFile.Write(file, [], NetworkTensors.FromNetwork(Network));
}
