using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;

namespace ScoreGpu.Engine.Metrics;

/// <summary>How far samples are from data: every metric of this namespace that the data allow.</summary>
/// <remarks>
/// The metrics of cost O(N²) see a random part of each set, of at most <see cref="ComparisonOptions.MostPoints"/> points;
/// the others see everything.
/// </remarks>
public sealed class SampleComparison
{
    private SampleComparison(int compared, int comparedData)
    {
        ComparedSamples = compared;
        ComparedData = comparedData;
    }

    /// <summary>The samples that the metrics of cost O(N²) saw.</summary>
    public int ComparedSamples { get; }

    /// <summary>The points of the data that they saw.</summary>
    public int ComparedData { get; }

    /// <summary>The squared energy distance.</summary>
    public required TwoSampleEstimate Energy { get; init; }

    /// <summary>The squared maximum mean discrepancy.</summary>
    public required TwoSampleEstimate Discrepancy { get; init; }

    /// <summary>The kernel's bandwidths.</summary>
    public required IReadOnlyList<double> Bandwidths { get; init; }

    /// <summary>The sliced Wasserstein-2 distance.</summary>
    public required SlicedWasserstein Wasserstein { get; init; }

    /// <summary>The square of that distance between the data and as many other points of the distribution as there are
    /// samples: it is above 0 between any two sets. Null where nothing more can be drawn.</summary>
    public double? WassersteinOfEquals { get; init; }

    /// <summary>KL(data‖samples), from neighbours: large where samples miss a part of the data.</summary>
    public required MeanEstimate DataToSamples { get; init; }

    /// <summary>KL(samples‖data), from neighbours: large where samples lie beside the data.</summary>
    public required MeanEstimate SamplesToData { get; init; }

    /// <summary>E_data[ln p] − E_samples[ln p]; null where no density is known.</summary>
    public MeanEstimate? LogLikelihoodGap { get; init; }

    /// <summary>The share of samples where p = 0; null where no density is known.</summary>
    public double? OutsideShare { get; init; }

    /// <summary>The samples by mode; null where the data are no mixture.</summary>
    public ModeStatistics? Modes { get; init; }

    /// <summary>The test of the modes' shares; null where the data are no mixture of two components or more.</summary>
    public ChiSquare? Shares { get; init; }

    /// <summary>Compares samples with data.</summary>
    /// <param name="samples">The samples, [N, D], finite.</param>
    /// <param name="data">
    /// The data, [M, D]: read from a file, or drawn from the distribution from <see cref="DataSource.FirstReferencePoint"/>
    /// on with the same seed.
    /// </param>
    /// <param name="distribution">What the data were drawn from; null where nobody knows.</param>
    /// <param name="options">How.</param>
    /// <exception cref="InputException">The dimensions differ, or there are too few points.</exception>
    public static SampleComparison Of(
        PointSet samples, PointSet data, IDistribution? distribution, ComparisonOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        TwoSampleEstimate.Require(samples, data);
        PointSet some = Part(samples, options.MostPoints, options.Seed);
        PointSet someData = Part(data, options.MostPoints, options.Seed + 1);
        double median = options.Bandwidths.Count > 0 ? 0.0 : MaximumMeanDiscrepancy.MedianDistance(some, someData);
        IReadOnlyList<double> bandwidths = options.Bandwidths.Count > 0
            ? options.Bandwidths
            : [.. MaximumMeanDiscrepancy.UsualMultiples.Select(multiple => multiple * median)];
        double? ofEquals = null;
        if (distribution is not null)
        {
            uint first = DataSource.FirstReferencePoint + (uint)data.Count;
            PointSet others = new(
                distribution.Sample(samples.Count, options.Seed, first), samples.Count, samples.Dimension);
            ofEquals = SlicedWasserstein.Between(others, data, options.Directions, options.Seed).Squared;
        }

        double[]? ofSamples = distribution?.LogDensities(samples.Values);
        return new SampleComparison(some.Count, someData.Count)
        {
            Energy = EnergyDistance.Estimate(some, someData),
            Discrepancy = MaximumMeanDiscrepancy.Estimate(some, someData, bandwidths),
            Bandwidths = bandwidths,
            Wasserstein = SlicedWasserstein.Between(samples, data, options.Directions, options.Seed),
            WassersteinOfEquals = ofEquals,
            DataToSamples = KullbackLeibler.FromNeighbours(someData, some, options.Neighbour),
            SamplesToData = KullbackLeibler.FromNeighbours(some, someData, options.Neighbour),
            LogLikelihoodGap = ofSamples is null
                ? null
                : KullbackLeibler.LogLikelihoodGap(distribution!.LogDensities(data.Values), ofSamples),
            OutsideShare = ofSamples?.Average(log => double.IsNegativeInfinity(log) ? 1.0 : 0.0),
            Modes = distribution is GaussianMixture mixture ? ModeStatistics.Of(mixture, samples) : null,
            Shares = distribution is GaussianMixture { ComponentCount: > 1 } several
                ? ModeStatistics.TestShares(several, samples, options.Seed)
                : null,
        };
    }

    private static PointSet Part(PointSet points, int most, ulong seed)
    {
        if (points.Count <= most)
        {
            return points;
        }

        EpochPermutation order = new(seed, 0, points.Count);
        float[] values = new float[most * points.Dimension];
        for (int i = 0; i < most; i++)
        {
            points[order[i]].CopyTo(values.AsSpan(i * points.Dimension));
        }

        return new PointSet(values, most, points.Dimension);
    }
}

/// <summary>How samples are compared.</summary>
public sealed record ComparisonOptions
{
    /// <summary>The points of each set that metrics of cost O(N²) see, at least 2.</summary>
    public int MostPoints { get; init; } = 10_000;

    /// <summary>The directions of the sliced Wasserstein distance, at least 2.</summary>
    public int Directions { get; init; } = 100;

    /// <summary>The neighbour that the divergences look at, at least 1.</summary>
    public int Neighbour { get; init; } = KullbackLeibler.UsualNeighbour;

    /// <summary>The bandwidths of the discrepancy; empty for multiples of the median distance.</summary>
    public IReadOnlyList<double> Bandwidths { get; init; } = [];

    /// <summary>The key of directions, parts and draws.</summary>
    public ulong Seed { get; init; }
}
