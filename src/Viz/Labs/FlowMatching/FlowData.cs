using System.Globalization;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;

namespace ScoreGpu.Viz.Labs.FlowMatching;

/// <summary>
/// The lab's data: eight Gaussians on a circle, of variance 1 in each coordinate, which is what N(0, I) has too: neither
/// path has to grow or shrink the cloud.
/// </summary>
internal static class FlowData
{
    /// <summary>The file beside the page that commands take.</summary>
    public const string FileName = "data.json";

    /// <summary>The circle's radius: half its square and a mode's variance are 1 together, to 4·10⁻⁴.</summary>
    public const double Radius = 1.4;

    /// <summary>The standard deviation of a mode.</summary>
    public const double Deviation = 0.14;

    /// <summary>The modes.</summary>
    public const int Modes = 8;

    /// <summary>The plane is drawn this far from the origin.</summary>
    public const double Reach = 2.6;

    /// <summary>The distribution.</summary>
    public static GaussianMixture Mixture { get; } = NamedMixtures.Ring(Modes, Radius, Deviation);

    /// <summary>N(0, I).</summary>
    public static GaussianMixture Noise { get; } = GaussianMixture.Isotropic([[0.0, 0.0]], 1.0);

    /// <summary>The variance of a coordinate: half of ‖mean‖², and a mode's own.</summary>
    public static double Variance => (0.5 * Radius * Radius) + (Deviation * Deviation);

    /// <summary>The mixture as a file that reads back as the same bits.</summary>
    public static string ToJson()
    {
        IEnumerable<string> means = Enumerable.Range(0, Modes)
            .Select(k => $"    [{Exact(Mixture.Mean(k)[0])}, {Exact(Mixture.Mean(k)[1])}]");
        string deviations = string.Join(", ", Enumerable.Repeat(Exact(Deviation), Modes));
        return $$"""
            {
              "means": [
            {{string.Join(",\n", means)}}
              ],
              "standard_deviations": [{{deviations}}]
            }

            """;
    }

    private static string Exact(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
