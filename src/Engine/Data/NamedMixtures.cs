using System.Diagnostics.CodeAnalysis;
using ScoreGpu.Engine.Distributions;

namespace ScoreGpu.Engine.Data;

/// <summary>The mixtures that examples and the command line refer to by name.</summary>
public static class NamedMixtures
{
    /// <summary>The names, in the order in which help shows them.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["four-gaussians", "two-gaussians", "eight-gaussians", "ring8", "two-peaks", "two-peaks-1d"];

    /// <summary><c>four-gaussians</c>: equal weights at (±2, ±2), standard deviation 0.3.</summary>
    public static GaussianMixture FourGaussians { get; } =
        GaussianMixture.Isotropic([[-2.0, -2.0], [-2.0, 2.0], [2.0, -2.0], [2.0, 2.0]], 0.3);

    /// <summary><c>two-gaussians</c>: equal weights at (±2, 0), standard deviation 0.3.</summary>
    public static GaussianMixture TwoGaussians { get; } =
        GaussianMixture.Isotropic([[-2.0, 0.0], [2.0, 0.0]], 0.3);

    /// <summary>
    /// <c>eight-gaussians</c> or <c>ring8</c>: equal weights at 8 points of a circle of radius 5, standard deviation 0.4.
    /// </summary>
    public static GaussianMixture Ring8 { get; } = Ring(8, 5.0, 0.4);

    /// <summary><c>two-peaks</c>: equal weights at (±2, 0), covariance 0.5·I.</summary>
    public static GaussianMixture TwoPeaks { get; } = new(
        [0.5, 0.5],
        [[-2.0, 0.0], [2.0, 0.0]],
        [new[,] { { 0.5, 0.0 }, { 0.0, 0.5 } }, new[,] { { 0.5, 0.0 }, { 0.0, 0.5 } }]);

    /// <summary><c>two-peaks-1d</c>: 0.5·N(−2, 0.8²) + 0.5·N(3, 1²), in one dimension.</summary>
    public static GaussianMixture TwoPeaks1D { get; } = new(
        [0.5, 0.5],
        [[-2.0], [3.0]],
        [new[,] { { 0.8 * 0.8 } }, new[,] { { 1.0 } }]);

    /// <summary>Finds a mixture by name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="mixture">Receives the mixture.</param>
    /// <returns>Whether there is a mixture of that name.</returns>
    public static bool TryGet(string name, [NotNullWhen(true)] out GaussianMixture? mixture)
    {
        mixture = name switch
        {
            "four-gaussians" => FourGaussians,
            "two-gaussians" => TwoGaussians,
            "eight-gaussians" or "ring8" => Ring8,
            "two-peaks" => TwoPeaks,
            "two-peaks-1d" => TwoPeaks1D,
            _ => null,
        };
        return mixture is not null;
    }

    /// <summary>Equal weights at n points of a circle around the origin, the first on the positive x-axis.</summary>
    /// <param name="modes">The number of modes n, at least 1.</param>
    /// <param name="radius">The circle's radius.</param>
    /// <param name="std">The standard deviation of each mode; above 0.</param>
    /// <exception cref="InputException">An argument is out of range.</exception>
    public static GaussianMixture Ring(int modes, double radius, double std)
    {
        if (modes < 1)
        {
            throw InputException.For(nameof(modes), modes, "at least 1");
        }

        double[][] centers = new double[modes][];
        for (int k = 0; k < modes; k++)
        {
            (double sin, double cos) = Math.SinCos(2.0 * Math.PI * k / modes);
            centers[k] = [radius * cos, radius * sin];
        }

        return GaussianMixture.Isotropic(centers, std);
    }
}
