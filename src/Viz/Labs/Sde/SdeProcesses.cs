using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Viz.Labs.Sde;

/// <summary>The lab's data and processes.</summary>
internal static class SdeProcesses
{
    /// <summary>The name of the data of the plane.</summary>
    public const string PlaneName = "four-gaussians";

    /// <summary>The data of the plane.</summary>
    public static GaussianMixture Plane => NamedMixtures.FourGaussians;

    /// <summary>The data of the line.</summary>
    public static GaussianMixture Line => NamedMixtures.TwoPeaks1D;

    /// <summary>VP with the usual β.</summary>
    public static VpProcess Vp { get; } = new();

    /// <summary>The three processes with their names, in the order of the figures.</summary>
    public static IReadOnlyList<(string Name, ContinuousProcess Process)> Three(SdeSettings settings) =>
    [
        ("VP", Vp),
        ("VE", new VeProcess(sigmaMax: settings.VeSigmaMax)),
        ("sub-VP", new SubVpProcess()),
    ];

    /// <summary>The distribution of x_t.</summary>
    public static GaussianMixture At(GaussianMixture data, DiffusionProcess process, double t) =>
        data.Noised(process.Alpha(t), process.Sigma(t));

    /// <summary>The variance of the first coordinate of a mixture.</summary>
    public static double Variance(GaussianMixture mixture)
    {
        double mean = 0.0;
        double square = 0.0;
        for (int k = 0; k < mixture.ComponentCount; k++)
        {
            double centre = mixture.Mean(k)[0];
            mean += mixture.Weights[k] * centre;
            square += mixture.Weights[k] * ((centre * centre) + mixture.Covariance(k)[0]);
        }

        return square - (mean * mean);
    }
}
