using ScoreGpu.Engine;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Metrics;

namespace ScoreGpu.Tests.Data;

public sealed class DistributionTests
{
    private const double HalfWidth = 6.0;

    public static TheoryData<string> Planar => ["two-moons", "swiss-roll", "circles", "spirals", "pinwheel", "checkerboard"];

    [Theory]
    [InlineData("two-moons", 0.1)]
    [InlineData("swiss-roll", 0.1)]
    [InlineData("circles", 0.1)]
    [InlineData("spirals", 0.06)]
    [InlineData("pinwheel", 0.05)]
    [InlineData("checkerboard", 0.25)]
    public void Densities_integrate_to_one(string name, double spacing)
    {
        // The midpoint rule on a Gaussian of deviation s is off by exp(−2π²s²/h²); the board's edges lie on its cells.
        int cells = (int)Math.Round(2 * HalfWidth / spacing);
        double sum = Probabilities(Named(name), cells, 1).Sum();

        Assert.Equal(1.0, sum, name == "pinwheel" ? 1e-6 : 2e-9);
    }

    [Theory]
    [MemberData(nameof(Planar))]
    public void Points_are_spread_as_the_density_says(string name)
    {
        const int cells = 24;
        double[] shares = Probabilities(Named(name), cells, 8);

        Assert.True(Test(Counts(Named(name).Sample(40_000, 5), cells), shares).PValue > 1e-3);
    }

    [Fact]
    public void The_test_of_the_spread_sees_a_wrong_width()
    {
        const int cells = 24;
        double[] shares = Probabilities(new TwoMoons(0.21), cells, 8);

        Assert.True(Test(Counts(new TwoMoons(0.2).Sample(40_000, 5), cells), shares).PValue < 1e-6);
    }

    [Theory]
    [InlineData(0.0, 0.0)]
    [InlineData(3.1, -0.2)]
    [InlineData(0.7, 0.9)]
    [InlineData(-4.0, 3.0)]
    [InlineData(9.0, 6.0)]
    public void The_density_of_circles_is_a_bessel_function(double x, double y)
    {
        double rho = Math.Sqrt((x * x) + (y * y));
        double variance = Circles.UsualStd * Circles.UsualStd;
        double[] logs =
        [
            .. new[] { Circles.OuterRadius, Circles.InnerRadius }.Select(radius =>
                (-0.5 * (rho - radius) * (rho - radius) / variance)
                + Math.Log(ScaledBessel(rho * radius / variance) / (4.0 * Math.PI * variance))),
        ];
        double expected = logs.Max() + Math.Log(logs.Sum(log => Math.Exp(log - logs.Max())));

        Assert.Equal(expected, new Circles().LogDensity(x, y), 1e-9);
    }

    [Theory]
    [InlineData("two-moons", 0.3, 0.4)]
    [InlineData("two-moons", -1.4, 1.7)]
    [InlineData("two-moons", 6.0, -5.0)]
    [InlineData("swiss-roll", -1.0, 0.2)]
    [InlineData("swiss-roll", 0.0, 2.83)]
    [InlineData("swiss-roll", 7.0, 5.5)]
    [InlineData("spirals", 0.01, 0.02)]
    [InlineData("spirals", 3.2, 0.1)]
    [InlineData("spirals", -4.0, -4.0)]
    public void Densities_of_curves_match_a_plain_integral(string name, double x, double y)
    {
        var curves = (NoisyCurves)Named(name);
        const int intervals = 200_000;
        double width = (curves.End - curves.Start) / intervals;
        double precision = 1.0 / (curves.StandardDeviation * curves.StandardDeviation);
        List<(double Weight, double Exponent)> terms = [];
        for (int arm = 0; arm < curves.Arms; arm++)
        {
            for (int i = 0; i <= intervals; i++)
            {
                double theta = curves.Start + (i * width);
                (double cx, double cy) = curves.Centre(arm, theta);
                double simpson = i is 0 or intervals ? 1.0 : i % 2 == 1 ? 4.0 : 2.0;
                terms.Add((
                    simpson * width / 3.0 * curves.ParameterDensity(theta) / curves.Arms,
                    -0.5 * precision * (((x - cx) * (x - cx)) + ((y - cy) * (y - cy)))));
            }
        }

        double largest = terms.Max(term => term.Exponent);
        double sum = terms.Sum(term => term.Weight * Math.Exp(term.Exponent - largest));
        double expected = largest + Math.Log(sum * precision / (2.0 * Math.PI));

        Assert.Equal(expected, curves.LogDensity(x, y), 2e-8);
    }

    [Fact]
    public void A_quantile_is_the_inverse_of_the_integral_of_its_density()
    {
        var spirals = new Spirals();
        double theta = spirals.Quantile(0.37);
        double integral = 0.0;
        for (int i = 0; i < 1000; i++)
        {
            integral += spirals.ParameterDensity((i + 0.5) * theta / 1000) * theta / 1000;
        }

        Assert.Equal(0.37, integral, 1e-12);
    }

    [Fact]
    public void A_board_has_one_density_on_its_dark_squares()
    {
        var board = new Checkerboard();

        Assert.Equal(-Math.Log(32.0), board.LogDensity(0.1, 1.9));
        Assert.Equal(-Math.Log(32.0), board.LogDensity(-4.0, -4.0));
        Assert.Equal(double.NegativeInfinity, board.LogDensity(0.1, 2.1));
        Assert.Equal(double.NegativeInfinity, board.LogDensity(4.0, 0.0));
        Assert.Equal(double.NegativeInfinity, board.LogDensity(-5.0, -5.0));
        Assert.All(board.LogDensities(board.Sample(20_000, 3)), log => Assert.True(double.IsFinite(log)));
    }

    [Theory]
    [MemberData(nameof(Planar))]
    [InlineData("four-gaussians")]
    public void A_point_depends_on_the_seed_and_its_index_alone(string name)
    {
        IDistribution distribution = Named(name);
        float[] whole = distribution.Sample(65, 9);

        Assert.Equal(whole[(2 * 7)..], distribution.Sample(58, 9, 7));
        Assert.NotEqual(whole, distribution.Sample(65, 10));
    }

    [Theory]
    [MemberData(nameof(Planar))]
    public void Densities_far_away_and_nowhere_are_told_apart(string name)
    {
        IDistribution distribution = Named(name);

        Assert.True(distribution.LogDensity([60.0, -80.0]) < -1000.0);
        Assert.True(double.IsNaN(distribution.LogDensity([double.NaN, 0.0])));
        Assert.True(double.IsNaN(distribution.LogDensity([0.0, double.PositiveInfinity])));
        Assert.Equal(
            [distribution.LogDensity([0.5, 0.25]), distribution.LogDensity([-1.0, 2.0])],
            distribution.LogDensities([0.5f, 0.25f, -1.0f, 2.0f]));
        Assert.Throws<ArgumentException>(() => distribution.LogDensity([1.0]));
        Assert.Throws<ArgumentException>(() => distribution.LogDensities([1.0f]));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(double.NaN)]
    public void A_width_that_is_none_is_refused(double std) =>
        Assert.Contains("std", Assert.Throws<InputException>(() => new SwissRoll(std)).Message, StringComparison.Ordinal);

    private static IDistribution Named(string name)
    {
        Assert.True(NamedDistributions.TryGet(name, out IDistribution? distribution));
        return distribution;
    }

    // The probability of each cell of a square grid, by the midpoint rule on sub × sub nodes a cell.
    private static double[] Probabilities(IDistribution distribution, int cells, int sub)
    {
        double width = 2 * HalfWidth / (cells * sub);
        double[] probabilities = new double[cells * cells];
        Parallel.For(0, cells, row =>
        {
            for (int i = 0; i < sub; i++)
            {
                double y = -HalfWidth + (((row * sub) + i + 0.5) * width);
                for (int j = 0; j < cells * sub; j++)
                {
                    double log = distribution.LogDensity([-HalfWidth + ((j + 0.5) * width), y]);
                    probabilities[(row * cells) + (j / sub)] += Math.Exp(log) * width * width;
                }
            }
        });
        return probabilities;
    }

    private static long[] Counts(float[] points, int cells)
    {
        long[] counts = new long[cells * cells];
        for (int i = 0; i < points.Length; i += 2)
        {
            int column = (int)Math.Floor((points[i] + HalfWidth) * cells / (2 * HalfWidth));
            int row = (int)Math.Floor((points[i + 1] + HalfWidth) * cells / (2 * HalfWidth));
            counts[(row * cells) + column]++;
        }

        return counts;
    }

    // Cells of an expected count below 8 go together.
    private static ChiSquare Test(long[] counts, double[] shares)
    {
        double total = counts.Sum();
        int[] large = [.. Enumerable.Range(0, counts.Length).Where(k => shares[k] * total >= 8.0)];
        double largeShare = large.Sum(k => shares[k]);
        List<long> kept = [.. large.Select(k => counts[k])];
        List<double> keptShares = [.. large.Select(k => shares[k])];
        if (largeShare < 1.0 - 1e-9)
        {
            kept.Add(counts.Sum() - kept.Sum());
            keptShares.Add(1.0 - largeShare);
        }

        Assert.Equal(counts.Sum(), kept.Sum());
        return ChiSquare.Of(kept, keptShares);
    }

    // exp(−z)·I₀(z) = (1/π) ∫₀^π exp(z(cos θ − 1)) dθ; the trapezoid rule of a periodic function is exact to rounding.
    private static double ScaledBessel(double z)
    {
        const int nodes = 4000;
        double sum = 0.5 * (1.0 + Math.Exp(-2.0 * z));
        for (int i = 1; i < nodes; i++)
        {
            sum += Math.Exp(z * (Math.Cos(Math.PI * i / nodes) - 1.0));
        }

        return sum / nodes;
    }
}
