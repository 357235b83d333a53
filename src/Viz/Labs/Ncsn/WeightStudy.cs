using ScoreGpu.Engine.Models;
using ScoreGpu.Viz.Labs.Training;

namespace ScoreGpu.Viz.Labs.Ncsn;

/// <summary>Two models of one course, one with the weight σ² and one without a weight.</summary>
/// <param name="Weighted">λ = σ².</param>
/// <param name="Plain">λ = 1.</param>
/// <param name="WeightedLevels">How close the first is at each level.</param>
/// <param name="PlainLevels">How close the second is.</param>
internal sealed record WeightStudy(
    TrainedModel Weighted,
    TrainedModel Plain,
    IReadOnlyList<LevelAgreement> WeightedLevels,
    IReadOnlyList<LevelAgreement> PlainLevels)
{
    /// <summary>Compares both.</summary>
    public static WeightStudy Compute(
        LabContext context, NcsnSettings settings, TrainedModel weighted, TrainedModel plain)
    {
        return new WeightStudy(weighted, plain, Levels(weighted), Levels(plain));

        LevelAgreement[] Levels(TrainedModel trained)
        {
            using var network = context.Device.Load(trained.Model.Network);
            return LevelAgreement.Measure(
                new ModelEvaluator(trained.Model, network),
                NcsnTraining.LevelsOf(trained),
                settings.ComparisonPoints,
                context.Seed);
        }
    }

    /// <summary>
    /// The share of a level in the loss of a network that says 0, ∝ λ(σ)·D/σ²: the same for all with λ = σ², and that of
    /// the smallest σ alone, nearly, with λ = 1.
    /// </summary>
    /// <param name="level">The level's index.</param>
    /// <param name="isWeighted">Whether λ = σ².</param>
    public double ShareOfLoss(int level, bool isWeighted) => isWeighted
        ? 1.0 / PlainLevels.Count
        : 1.0 / Math.Pow(PlainLevels[level].Sigma, 2) / PlainLevels.Sum(row => 1.0 / Math.Pow(row.Sigma, 2));
}
