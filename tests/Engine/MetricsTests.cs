using System.Diagnostics;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Metrics;

namespace ScoreGpu.Tests.Engine;

public sealed class MetricsTests
{
    [Fact]
    public void Mode_statistics_of_a_hand_made_set()
    {
        GaussianMixture mixture = GaussianMixture.Isotropic([[0.0, 0.0], [10.0, 0.0], [0.0, 10.0]], 1.0);
        PointSet samples = Points(2, 1f, 0f, -1f, 2f, 10f, 0.5f, 5f, 0f, float.NaN, 0f, 0f, 3f);
        ModeStatistics statistics = ModeStatistics.Of(mixture, samples, 3.0);

        Assert.Equal((6, 2), (statistics.Count, statistics.OutlierCount));
        Assert.Equal(2.0 / 6.0, statistics.OutlierShare);
        ModeSummary first = statistics.Modes[0];
        Assert.Equal((3, 0.5), (first.Count, first.Share));
        Assert.Equal(0.0, first.Mean[0], 1e-15);
        Assert.Equal(5.0 / 3.0, first.Mean[1], 1e-15);
        Assert.Equal(1.0, first.StandardDeviation[0], 1e-15);
        Assert.Equal(Math.Sqrt(7.0 / 3.0), first.StandardDeviation[1], 1e-14);
        Assert.Equal([1.0, -1.0, -1.0, 7.0 / 3.0], first.Covariance, new Closer(1e-14));
        Assert.Equal(1, statistics.Modes[1].Count);
        Assert.Equal(0.5, statistics.Modes[1].Mean[1]);
        Assert.True(double.IsNaN(statistics.Modes[1].StandardDeviation[0]));
        Assert.Equal(0, statistics.Modes[2].Count);
        Assert.True(double.IsNaN(statistics.Modes[2].Mean[0]));
    }

    [Fact]
    public void Mode_statistics_of_exact_samples()
    {
        const int count = 80_000;
        GaussianMixture mixture = NamedMixtures.FourGaussians;
        PointSet samples = new(mixture.Sample(count, 3), count, 2);
        ModeStatistics statistics = ModeStatistics.Of(mixture, samples, 3.0);

        // In two dimensions a deviation beyond k has probability exp(−k²/2).
        double beyond = Math.Exp(-4.5);
        Assert.Equal(beyond, statistics.OutlierShare, 5.0 * Math.Sqrt(beyond / count));
        foreach (ModeSummary mode in statistics.Modes)
        {
            Assert.Equal(0.25 * (1.0 - beyond), mode.Share, 5.0 * Math.Sqrt(0.25 * 0.75 / count));
            Assert.Equal(mixture.Mean(mode.Index)[0], mode.Mean[0], 5.0 * 0.3 / Math.Sqrt(mode.Count));
            Assert.InRange(mode.StandardDeviation[1], 0.28, 0.3);
        }

        Assert.Equal(1.0, statistics.OutlierShare + statistics.Modes.Sum(mode => mode.Share), 1e-12);
    }

    [Fact]
    public void Shares_of_overlapping_components_are_tested()
    {
        GaussianMixture mixture = GaussianMixture.Isotropic([[0.0], [1.0], [4.0]], 1.0);
        GaussianMixture uneven = new(
            [0.2, 0.47, 0.33], [[0.0], [1.0], [4.0]], [new[,] { { 1.0 } }, new[,] { { 1.0 } }, new[,] { { 1.0 } }]);
        PointSet exact = new(mixture.Sample(20_000, 3), 20_000, 1);
        PointSet wrong = new(uneven.Sample(20_000, 3), 20_000, 1);

        Assert.InRange(ModeStatistics.TestShares(mixture, exact, 5).PValue, 1e-3, 0.999);
        Assert.InRange(ModeStatistics.TestShares(mixture, wrong, 5).PValue, 0.0, 1e-6);
        Assert.Equal(2, ModeStatistics.TestShares(mixture, exact, 5).DegreesOfFreedom);
        Assert.Equal(
            ModeStatistics.TestShares(mixture, Points(1, 0f, 5f), 1),
            ModeStatistics.TestShares(mixture, Points(1, 0f, 5f, float.NaN), 1));
    }

    [Fact]
    public void Mode_statistics_refuse_what_they_cannot_use()
    {
        GaussianMixture mixture = NamedMixtures.Ring8;
        Assert.Throws<InputException>(() => ModeStatistics.Of(mixture, Points(3, 1f, 2f, 3f)));
        Assert.Throws<InputException>(() => ModeStatistics.Of(mixture, new PointSet([], 0, 2)));
        Assert.Throws<InputException>(() => ModeStatistics.Of(mixture, Points(2, 1f, 2f), 0.0));
        Assert.Throws<InputException>(() => ModeStatistics.TestShares(mixture, Points(3, 1f, 2f, 3f), 1));
        Assert.Throws<InputException>(() => ModeStatistics.TestShares(mixture, new PointSet([], 0, 2), 1));
        Assert.Throws<InputException>(
            () => ModeStatistics.TestShares(GaussianMixture.Isotropic([[0.0]], 1.0), Points(1, 1f), 1));
    }

    [Fact]
    public void Energy_distance_of_a_few_points_is_exact()
    {
        // Across: 3, 7, 2, 6 of mean 4.5; within: 1 and 4.
        double distance = EnergyDistance.Between(Points(1, 0f, 1f), Points(1, 3f, 7f));
        Assert.Equal((2.0 * 4.5) - 1.0 - 4.0, distance, 1e-12);

        // The 3-4-5 triangle: across 5, 3 and, from (0, 4), 3, 5; within 4 and 4.
        distance = EnergyDistance.Between(Points(2, 0f, 0f, 0f, 4f), Points(2, 3f, 4f, 3f, 0f));
        Assert.Equal((2.0 * 4.0) - 4.0 - 4.0, distance, 1e-12);
    }

    [Theory]
    [InlineData(1, 50, 37)]
    [InlineData(2, 131, 300)]
    [InlineData(7, 64, 19)]
    public void Energy_distance_matches_the_plain_double_sum(int dimension, int n, int m)
    {
        PointSet first = Sampled(dimension, n, 1);
        PointSet second = Sampled(dimension, m, 2);
        double plain = (2.0 * MeanDistance(first, second))
            - (MeanDistance(first, first) * n / (n - 1.0))
            - (MeanDistance(second, second) * m / (m - 1.0));

        Assert.Equal(plain, EnergyDistance.Between(first, second), 2e-6);
        Assert.Equal(plain, EnergyDistance.Between(second, first), 2e-6);
    }

    // X − Y ~ N(m, 2), so E|X − Y| = (2/√π) exp(−m²/4) + m·erf(m/2), and E|X − X′| = 2/√π.
    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(1.0, 0.520499877813047)]
    [InlineData(2.0, 0.842700792949715)]
    public void Energy_distance_of_shifted_normals(double shift, double errorFunctionOfHalf)
    {
        const int count = 4096;
        GaussianMixture origin = GaussianMixture.Isotropic([[0.0]], 1.0);
        GaussianMixture shifted = GaussianMixture.Isotropic([[shift]], 1.0);
        PointSet first = new(origin.Sample(count, 1), count, 1);
        PointSet second = new(shifted.Sample(count, 2), count, 1);
        double root = 2.0 / Math.Sqrt(Math.PI);
        double expected = 2.0 * ((root * (Math.Exp(-shift * shift / 4.0) - 1.0)) + (shift * errorFunctionOfHalf));

        // A shift d of either sample's mean, of standard error 1/64, changes the distance by less than 2d.
        double error = (2.0 * shift / 64.0 * Math.Sqrt(2.0)) + (4.0 / count);
        Assert.Equal(expected, EnergyDistance.Between(first, second), 4.0 * error);
    }

    [Fact]
    public void Energy_distance_is_unbiased_where_the_distributions_agree()
    {
        GaussianMixture mixture = NamedMixtures.TwoGaussians;
        const int count = 100;
        const int trials = 400;
        double sum = 0.0;
        double squares = 0.0;
        for (ulong trial = 0; trial < trials; trial++)
        {
            double distance = EnergyDistance.Between(
                new PointSet(mixture.Sample(count, 2 * trial), count, 2),
                new PointSet(mixture.Sample(count, (2 * trial) + 1), count, 2));
            sum += distance;
            squares += distance * distance;
        }

        // The biased estimate would be off by 2E|X − X′|/100 ≈ 0.045, twenty times this tolerance.
        double error = Math.Sqrt(squares / trials / trials);
        Assert.InRange(error, 1e-5, 0.005);
        Assert.Equal(0.0, sum / trials, 4.0 * error);
    }

    [Fact]
    public void Energy_distance_does_not_change_under_rotation_and_shift()
    {
        PointSet first = Sampled(2, 200, 3);
        PointSet second = Sampled(2, 150, 4);

        Assert.Equal(
            EnergyDistance.Between(first, second), EnergyDistance.Between(Moved(first), Moved(second)), 1e-5);
    }

    [Fact]
    public void Energy_distance_is_repeatable_and_quick()
    {
        PointSet first = new(NamedMixtures.Ring8.Sample(4096, 1), 4096, 2);
        PointSet second = new(NamedMixtures.FourGaussians.Sample(4096, 2), 4096, 2);
        double once = EnergyDistance.Between(first, second);
        Stopwatch watch = Stopwatch.StartNew();
        Assert.Equal(once, EnergyDistance.Between(first, second));

        // Tens of milliseconds on two cores; the limit only catches a lost vector path.
        Assert.InRange(watch.Elapsed.TotalSeconds, 0.0, 3.0);
    }

    [Fact]
    public void Energy_distance_refuses_what_it_cannot_use()
    {
        Assert.Throws<InputException>(() => EnergyDistance.Between(Points(1, 1f, 2f), Points(2, 1f, 2f, 3f, 4f)));
        Assert.Throws<InputException>(() => EnergyDistance.Between(Points(1, 1f), Points(1, 1f, 2f)));
        Assert.True(double.IsNaN(EnergyDistance.Between(Points(1, 1f, float.NaN), Points(1, 1f, 2f))));
    }

    [Fact]
    public void Fields_are_compared_by_direction_and_size()
    {
        double[] reference = [1.0, 0.0, 0.0, 2.0, 3.0, 4.0, 0.0, 0.0, 1.0, 1.0];
        double[] field = [2.0, 0.0, 2.0, 0.0, -3.0, -4.0, 9.0, 9.0, 0.0, 0.0];
        FieldComparison comparison = FieldComparison.Of(field, reference, 2);

        // Similarities 1, 0, −1, 0; errors 1, √2, 2, 1; the fourth point is left out.
        Assert.Equal((4, 1), (comparison.Count, comparison.SkippedCount));
        Assert.Equal(0.0, comparison.MeanCosineSimilarity, 1e-15);
        Assert.Equal((4.0 + Math.Sqrt(2.0)) / 4.0, comparison.MeanRelativeError, 1e-15);
        Assert.Equal(0.5 * (1.0 + Math.Sqrt(2.0)), comparison.MedianRelativeError, 1e-15);
        Assert.Equal(2.0, comparison.MaxRelativeError, 1e-15);
    }

    [Fact]
    public void Equal_fields_agree_and_broken_ones_show()
    {
        float[] reference = [1f, 2f, 3f];
        FieldComparison same = FieldComparison.Of(reference, reference, 1);
        Assert.Equal((1.0, 0.0), (same.MeanCosineSimilarity, same.MaxRelativeError));

        FieldComparison broken = FieldComparison.Of([1f, float.NaN, 3f], reference, 1);
        Assert.True(double.IsNaN(broken.MeanCosineSimilarity));
        Assert.True(double.IsNaN(broken.MeanRelativeError));
        Assert.True(double.IsNaN(broken.MedianRelativeError));
        Assert.True(double.IsNaN(broken.MaxRelativeError));
        Assert.True(double.IsNaN(FieldComparison.Of([1f], [0f], 1).MedianRelativeError));
        Assert.Throws<ArgumentException>(() => FieldComparison.Of([1f], [1f, 2f], 1));
    }

    private sealed class Closer(double tolerance) : IEqualityComparer<double>
    {
        public bool Equals(double x, double y) => Math.Abs(x - y) <= tolerance;

        public int GetHashCode(double obj) => 0;
    }

    private static PointSet Points(int dimension, params float[] values) =>
        new(values, values.Length / dimension, dimension);

    private static PointSet Sampled(int dimension, int count, ulong seed) =>
        new(RandomMixture.Create(dimension, 2, (int)seed).Sample(count, seed), count, dimension);

    private static PointSet Moved(PointSet points)
    {
        (double sin, double cos) = Math.SinCos(0.7);
        float[] moved = new float[points.Values.Length];
        for (int i = 0; i < moved.Length; i += 2)
        {
            moved[i] = (float)((cos * points.Values[i]) - (sin * points.Values[i + 1]) + 3.0);
            moved[i + 1] = (float)((sin * points.Values[i]) + (cos * points.Values[i + 1]) - 1.0);
        }

        return new PointSet(moved, points.Count, 2);
    }

    private static double MeanDistance(PointSet first, PointSet second)
    {
        double sum = 0.0;
        for (int i = 0; i < first.Count; i++)
        {
            for (int j = 0; j < second.Count; j++)
            {
                double squared = 0.0;
                for (int d = 0; d < first.Dimension; d++)
                {
                    double difference = (double)first[i][d] - second[j][d];
                    squared += difference * difference;
                }

                sum += Math.Sqrt(squared);
            }
        }

        return sum / first.Count / second.Count;
    }
}
