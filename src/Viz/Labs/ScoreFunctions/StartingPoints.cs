using ScoreGpu.Engine.Distributions;

namespace ScoreGpu.Viz.Labs.ScoreFunctions;

/// <summary>Starts of trajectories.</summary>
internal static class StartingPoints
{
    /// <summary>N(0, std²·I) in the plane.</summary>
    public static GaussianMixture Normal(double std) => GaussianMixture.Isotropic([[0.0, 0.0]], std);

    /// <summary>Points of N(0, std²·I), [N, 2].</summary>
    public static float[] Draw(double std, int count, ulong key) => Normal(std).Sample(count, key);
}
