using ScoreGpu.Engine.Distributions;

namespace ScoreGpu.Engine.Data;

/// <summary>Training points drawn from a mixture, new ones in every step.</summary>
/// <param name="Mixture">The mixture.</param>
public sealed record MixtureData(GaussianMixture Mixture) : TrainingData
{
    /// <inheritdoc/>
    public override int Dimension => Mixture.Dimension;
}
