using ScoreGpu.Engine;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Metrics;

namespace ScoreGpu.Tests.Engine;

public sealed class KullbackLeiblerTests
{
    private static readonly GaussianMixture Narrow = GaussianMixture.Isotropic([[0.0, 0.0]], 1.0);
    private static readonly GaussianMixture Wide = GaussianMixture.Isotropic([[0.5, 0.0]], 1.3);

    // KL(N(a, s²I)‖N(b, t²I)) = ½(D s²/t² + |a − b|²/t² − D) + D ln(t/s).
    private static readonly double NarrowToWide = (0.5 * ((2.25 / 1.69) - 2.0)) + (2.0 * Math.Log(1.3));

    [Fact]
    public void Known_densities_give_the_known_divergence()
    {
        float[] points = Narrow.Sample(20_000, 3);
        MeanEstimate estimate =
            KullbackLeibler.FromLogDensities(Narrow.LogDensities(points), Wide.LogDensities(points));

        Assert.InRange(estimate.StandardError, 1e-4, 0.02);
        Assert.Equal(NarrowToWide, estimate.Value, 4.0 * estimate.StandardError);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void Neighbours_give_the_known_divergence_of_normals(int k)
    {
        PointSet narrow = new(Narrow.Sample(8000, 1), 8000, 2);
        PointSet wide = new(Wide.Sample(6000, 2), 6000, 2);
        MeanEstimate estimate = KullbackLeibler.FromNeighbours(narrow, wide, k);

        Assert.InRange(estimate.StandardError, 1e-3, 0.03);
        Assert.Equal(NarrowToWide, estimate.Value, 4.0 * estimate.StandardError);
    }

    // Of the uniforms on [0, 1] and [−1, 2]; only the k points next to an end see a neighbourhood cut in half. Two of
    // 8,000 numbers in single precision may be equal, so that k starts at 2.
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(70)]
    public void Neighbours_give_the_known_divergence_of_uniforms(int k)
    {
        var random = new Random(4);
        PointSet narrow = new([.. Enumerable.Range(0, 8000).Select(_ => random.NextSingle())], 8000, 1);
        PointSet wide = new([.. Enumerable.Range(0, 6000).Select(_ => (3f * random.NextSingle()) - 1f)], 6000, 1);
        MeanEstimate estimate = KullbackLeibler.FromNeighbours(narrow, wide, k);

        Assert.Equal(Math.Log(3.0), estimate.Value, (4.0 * estimate.StandardError) + (k / 8000.0));
    }

    [Fact]
    public void Samples_of_one_distribution_have_no_divergence()
    {
        PointSet first = new(NamedMixtures.Ring8.Sample(4000, 1), 4000, 2);
        PointSet second = new(NamedMixtures.Ring8.Sample(4000, 2), 4000, 2);
        MeanEstimate estimate = KullbackLeibler.FromNeighbours(first, second);

        Assert.Equal(0.0, estimate.Value, 5.0 * estimate.StandardError);
    }

    [Theory]
    [InlineData(1, 70, 65, 1)]
    [InlineData(2, 65, 63, 3)]
    [InlineData(5, 33, 257, 4)]
    public void Neighbours_are_those_of_a_plain_search(int dimension, int n, int m, int k)
    {
        GaussianMixture mixture = RandomMixture.Create(dimension, 2, 5);
        PointSet first = new(mixture.Sample(n, 1), n, dimension);
        PointSet second = new(mixture.Sample(m, 2), m, dimension);
        double sum = 0.0;
        for (int i = 0; i < n; i++)
        {
            double own = Distances(first, i, first).Where((_, j) => j != i).Order().ElementAt(k - 1);
            double across = Distances(first, i, second).Order().ElementAt(k - 1);
            sum += dimension * Math.Log(across / own) / n;
        }

        Assert.Equal(
            sum + Math.Log(m / (n - 1.0)), KullbackLeibler.FromNeighbours(first, second, k).Value, 1e-5 * dimension);
    }

    // Under N(0, 1), samples of N(0, s²) are less likely by ½(s² − 1) on average.
    [Theory]
    [InlineData(0.5)]
    [InlineData(1.0)]
    [InlineData(1.5)]
    public void The_gap_of_normals_is_known(double std)
    {
        GaussianMixture unit = GaussianMixture.Isotropic([[0.0]], 1.0);
        MeanEstimate gap = KullbackLeibler.LogLikelihoodGap(
            unit.LogDensities(unit.Sample(20_000, 1)),
            unit.LogDensities(GaussianMixture.Isotropic([[0.0]], std).Sample(10_000, 2)));

        Assert.InRange(gap.StandardError, 1e-3, 0.03);
        Assert.Equal(0.5 * ((std * std) - 1.0), gap.Value, 4.0 * gap.StandardError);
    }

    [Fact]
    public void A_sample_where_there_can_be_none_makes_the_gap_infinite()
    {
        double[] data = new Checkerboard().LogDensities([0.5f, 0.5f, 1f, 1f]);

        Assert.Equal(
            double.PositiveInfinity,
            KullbackLeibler.LogLikelihoodGap(data, new Checkerboard().LogDensities([0.5f, 0.5f, 9f, 9f])).Value);
    }

    [Fact]
    public void Equal_points_and_too_few_have_no_divergence()
    {
        PointSet equal = new([1f, 1f, 1f, 2f], 4, 1);
        PointSet other = new([0f, 3f, 4f, 5f], 4, 1);
        Assert.True(double.IsNaN(KullbackLeibler.FromNeighbours(equal, other, 1).Value));
        Assert.True(double.IsNaN(KullbackLeibler.FromNeighbours(new([1f, float.NaN, 2f], 3, 1), other, 1).Value));
        Assert.Throws<InputException>(() => KullbackLeibler.FromNeighbours(equal, other, 4));
        Assert.Throws<InputException>(() => KullbackLeibler.FromNeighbours(equal, other, 0));
        Assert.Throws<InputException>(() => KullbackLeibler.FromLogDensities([1.0, 2.0], [1.0]));
        Assert.Throws<InputException>(() => KullbackLeibler.LogLikelihoodGap([1.0, 2.0], [1.0]));
    }

    private static IEnumerable<double> Distances(PointSet points, int i, PointSet others) =>
        Enumerable.Range(0, others.Count).Select(j => Math.Sqrt(Enumerable.Range(0, points.Dimension)
            .Sum(d => Math.Pow((double)points[i][d] - others[j][d], 2))));
}
