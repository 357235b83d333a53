using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;

namespace ScoreGpu.Tests.Conformance;

/// <summary>Small data to draw batches from.</summary>
internal static class ReferenceDraws
{
    public static PointSetData Points { get; } =
        new(new PointSet([1, 2, -3, 0.5f, 0, -1, 4, 4, 2, 1], 5, 2));

    public static MixtureData Mixture { get; } = new(
        new GaussianMixture(
            [0.5, 0.2, 0.3],
            [[1.0, 2.0], [-3.0, 0.0], [0.0, 0.0]],
            [
                new[,] { { 1.0, 0.6 }, { 0.6, 2.0 } },
                new[,] { { 0.2, 0.0 }, { 0.0, 0.1 } },
                new[,] { { 1.0, -0.3 }, { -0.3, 1.0 } },
            ]));
}
