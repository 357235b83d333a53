using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Metrics;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;

namespace ScoreGpu.Tests.Samplers.Proofs;

/// <summary>A mixture of unequal modes, and whether points can be told from its samples.</summary>
internal static class MixtureTarget
{
    public const int Count = 1500;

    // P(χ² > limit) is 10⁻⁴ for three degrees of freedom.
    private const double MostChiSquare = 21.1;

    public static GaussianMixture Data { get; } = new(
        [0.4, 0.3, 0.2, 0.1],
        [[-2.0, -2.0], [-2.0, 2.0], [2.0, -2.0], [2.0, 2.0]],
        [.. Enumerable.Repeat(new[,] { { 0.16, 0.05 }, { 0.05, 0.09 } }, 4)]);

    /// <summary>Samples of a program with the exact network in place of a trained one.</summary>
    public static double[] Sample(StepProgram program, SamplerModel model, ulong seed = 3) =>
        HostProgram.Run(
            program, new ExactNetwork(Data, model), new HostRequest { Count = Count, Seed = seed }).Points;

    /// <summary>Asserts that energy distance and shares of the modes are those of true samples.</summary>
    public static void AssertReached(string what, double[] points)
    {
        double limit = Limit(Data);
        double distance = Distance(points, Data);
        Assert.True(
            Math.Abs(distance) <= limit, $"{what}: energy distance {distance}; true samples stay below {limit}");
        double statistic = ChiSquare(points);
        Assert.True(statistic <= MostChiSquare, $"{what}: chi-square {statistic} over modes");
    }

    /// <summary>The energy distance to true samples.</summary>
    public static double Distance(double[] points, GaussianMixture distribution) =>
        EnergyDistance.Between(Set(points), Set(distribution.SampleDoubles(Count, 77)));

    /// <summary>Four standard deviations of the energy distance between two sets of true samples.</summary>
    public static double Limit(GaussianMixture distribution)
    {
        var fixedSet = Set(distribution.SampleDoubles(Count, 77));
        double within = EnergyDistance.MeanDistanceWithin(fixedSet);
        double[] distances = [.. Enumerable.Range(0, 12).Select(seed =>
            EnergyDistance.Between(Set(distribution.SampleDoubles(Count, 1000 + (ulong)seed)), fixedSet, within))];
        double mean = distances.Average();
        double deviation = Math.Sqrt(distances.Sum(d => (d - mean) * (d - mean)) / (distances.Length - 1));
        return Math.Abs(mean) + (4.0 * deviation);
    }

    private static double ChiSquare(double[] points)
    {
        int[] counts = new int[4];
        for (int i = 0; i < Count; i++)
        {
            counts[Data.NearestMode(points.AsSpan(2 * i, 2))]++;
        }

        return counts.Select((count, k) => Math.Pow(count - (Count * Data.Weights[k]), 2.0) / (Count * Data.Weights[k]))
            .Sum();
    }

    private static PointSet Set(double[] points) =>
        new(Array.ConvertAll(points, value => (float)value), points.Length / 2, 2);
}
