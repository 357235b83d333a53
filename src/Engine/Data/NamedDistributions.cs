using System.Diagnostics.CodeAnalysis;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Naming;

namespace ScoreGpu.Engine.Data;

/// <summary>Every distribution that the command line refers to by name, the mixtures among them.</summary>
public static class NamedDistributions
{
    private static readonly (string Name, string Description, Func<IDistribution> Create)[] Curved =
    [
        ("two-moons", "two half circles, noise 0.2", () => new TwoMoons()),
        ("swiss-roll", "a spiral of one and a half turns, noise 0.2", () => new SwissRoll()),
        ("circles", "circles of radius 3 and 1.5, noise 0.24", () => new Circles()),
        ("spirals", "two spirals of one and a half turns, noise 0.1", () => new Spirals()),
        ("pinwheel", "five bent blades", () => new Pinwheel()),
        ("checkerboard", "uniform on 8 squares of side 2", () => new Checkerboard()),
    ];

    /// <summary>The names, in the order in which help shows them.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. NamedMixtures.Names, .. Curved.Select(each => each.Name)];

    /// <summary>What a distribution looks like, in a few words.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <exception cref="InputException">There is no distribution of that name.</exception>
    public static string Describe(string name) => name switch
    {
        "two-gaussians" => "two at (±2, 0), standard deviation 0.3",
        "four-gaussians" => "four at (±2, ±2), standard deviation 0.3",
        "eight-gaussians" => "eight on a circle of radius 5, standard deviation 0.4",
        "ring8" => "the same as eight-gaussians",
        "two-peaks" => "two at (±2, 0), variance 0.5",
        "two-peaks-1d" => "two in one dimension, at −2 and 3",
        _ => Curved.FirstOrDefault(each => each.Name == name).Description
            ?? throw NearestNames.Unknown("data set", name, Names),
    };

    /// <summary>Finds a distribution by name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="distribution">Receives the distribution.</param>
    /// <returns>Whether there is a distribution of that name.</returns>
    public static bool TryGet(string name, [NotNullWhen(true)] out IDistribution? distribution)
    {
        distribution = NamedMixtures.TryGet(name, out GaussianMixture? mixture)
            ? mixture
            : Curved.FirstOrDefault(each => each.Name == name).Create?.Invoke();
        return distribution is not null;
    }
}
