using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;

namespace ScoreGpu.Viz.Labs.FlowMatching;

/// <summary>The lab's data: eight Gaussians on a circle.</summary>
internal static class FlowData
{
    /// <summary>The name that commands take.</summary>
    public const string Name = "eight-gaussians";

    /// <summary>The plane is drawn this far from the origin.</summary>
    public const double Reach = 6.6;

    /// <summary>The distribution.</summary>
    public static GaussianMixture Mixture => NamedMixtures.Ring8;

    /// <summary>N(0, I).</summary>
    public static GaussianMixture Noise { get; } = GaussianMixture.Isotropic([[0.0, 0.0]], 1.0);

    /// <summary>The standard deviation of a coordinate: half of ‖mean‖², and a mode's own variance.</summary>
    public static double Deviation { get; } = Math.Sqrt(
        (0.5 * ((Mixture.Mean(0)[0] * Mixture.Mean(0)[0]) + (Mixture.Mean(0)[1] * Mixture.Mean(0)[1])))
        + Mixture.Covariance(0)[0]);

    /// <summary>The same data, so large that a coordinate has another standard deviation.</summary>
    public static GaussianMixture Scaled(double deviation) => Mixture.Noised(deviation / Deviation, 0.0);
}
