using ScoreGpu.Engine.Distributions;
using ScoreGpu.Tests.Engine;

namespace ScoreGpu.Tests.Conformance;

public abstract partial class DeviceConformance
{
    /// <summary>Roundings of an exponent, relative to the squared distance; a sum over up to 16 squares.</summary>
    private const double ExponentError = 1e-6;

    public static TheoryData<int, int, int> Mixtures => new()
    {
        { 1, 1, 1 }, { 257, 1, 9 }, { 63, 2, 1 }, { 64, 2, 4 }, { 257, 2, 9 }, { 65, 3, 2 }, { 257, 3, 5 },
        { 64, 5, 3 }, { 65, 5, 7 }, { 63, 16, 9 }, { 257, 16, 2 },
    };

    [Theory]
    [MemberData(nameof(Mixtures))]
    public void Mixtures_match_the_reference(int count, int dimension, int components)
    {
        var mixture = RandomMixture.Create(dimension, components, (100 * dimension) + components);

        // The same a few steps into a diffusion: narrower, closer, as wide as its noise.
        var noised = mixture.Noised(0.4, 0.7);
        using var clean = Device().Load(mixture);
        using var noisy = Device().Load(noised);
        Assert.Equal(dimension, clean.Dimension);
        foreach (double reach in new[] { 3.0, 60.0, 5000.0 })
        {
            float[] points = DrawPoints(count, dimension, reach);
            RequireMixture(clean, mixture, points);
            RequireMixture(noisy, noised, points);
        }
    }

    [Fact]
    public void Narrow_directions_keep_the_digits_that_whitening_leaves()
    {
        // Standard deviations of 1 and 1/300 along the diagonals.
        const double narrow = 1.0 / 90000.0;
        double[,] covariance = { { (1 + narrow) / 2, (1 - narrow) / 2 }, { (1 - narrow) / 2, (1 + narrow) / 2 } };
        var mixture = new GaussianMixture([1.0], [[0.0, 0.0]], [covariance]);
        using var device = Device().Load(mixture);
        float[] points = [1.5f, 1.5f, -2f, -2f, 0.75f, 0.75f];
        float[] logDensities = new float[3];
        device.Evaluate(points, logDensities, new float[6]);
        for (int n = 0; n < 3; n++)
        {
            Assert.Equal(mixture.LogDensities(points)[n], logDensities[n], 1e-3);
        }
    }

    [Fact]
    public void Mixtures_give_the_same_bits_in_every_variant_and_split()
    {
        var mixture = RandomMixture.Create(3, 4, 9);
        float[] points = DrawPoints(300, 3, 5.0);
        float[] first = [];
        for (int variant = 0; variant < Variants; variant++)
        {
            using var device = Device(variant).Load(mixture);
            float[] results = new float[300 * 4];
            device.Evaluate(points, results.AsSpan(0, 300), results.AsSpan(300));
            first = variant == 0 ? results : first;
            Assert.Equal(first, results);
            foreach (int at in new[] { 0, 1, 63, 64, 65, 257, 300 })
            {
                device.Evaluate(points.AsSpan(0, 3 * at), results.AsSpan(0, at), results.AsSpan(300, 3 * at));
                device.Evaluate(points.AsSpan(3 * at), results.AsSpan(at, 300 - at), results.AsSpan(300 + (3 * at)));
                Assert.Equal(first, results);
            }
        }
    }

    [Fact]
    public void Points_that_are_not_finite_spoil_no_other()
    {
        var mixture = RandomMixture.Create(2, 3, 5);
        using var device = Device().Load(mixture);
        float[] points = DrawPoints(65, 2, 3.0);
        float[] expected = new float[130];
        device.Evaluate(points, new float[65], expected);
        points[2 * 7] = float.NaN;
        points[(2 * 64) + 1] = float.PositiveInfinity;
        float[] logDensities = new float[65];
        float[] scores = new float[130];
        device.Evaluate(points, logDensities, scores);
        for (int n = 0; n < 65; n++)
        {
            bool finite = n is not (7 or 64);
            Assert.Equal(finite, float.IsFinite(logDensities[n]));
            Assert.Equal(finite, float.IsFinite(scores[2 * n]) && float.IsFinite(scores[(2 * n) + 1]));
            if (finite)
            {
                Assert.Equal(expected[(2 * n)..((2 * n) + 2)], scores[(2 * n)..((2 * n) + 2)]);
            }
        }
    }

    [Fact]
    public void Mixture_batches_that_do_not_fit_are_named()
    {
        using var device = Device().Load(RandomMixture.Create(2, 2, 1));
        AssertNames("points", () => device.Evaluate(new float[5], new float[2], new float[5]));
        AssertNames("logDensities", () => device.Evaluate(new float[6], new float[2], new float[6]));
        AssertNames("scores", () => device.Evaluate(new float[6], new float[3], new float[5]));
    }

    private static float[] DrawPoints(int count, int dimension, double reach)
    {
        var random = new Random(count + dimension);
        return [.. Enumerable.Range(0, count * dimension)
            .Select(_ => (float)(reach * ((2.0 * random.NextDouble()) - 1.0)))];
    }

    /// <remarks>
    /// Far away the exponents are large and so are their roundings. What a device may then do is to share the point out
    /// otherwise among components whose exponents are that close: r_k is off by a factor of up to e^(±2δ).
    /// </remarks>
    private static void RequireMixture(
        ScoreGpu.Engine.Devices.IDeviceMixture device, GaussianMixture mixture, float[] points)
    {
        int dimension = mixture.Dimension;
        int count = points.Length / dimension;
        float[] logDensities = new float[count];
        float[] scores = new float[points.Length];
        Array.Fill(logDensities, float.NaN);
        Array.Fill(scores, float.NaN);
        device.Evaluate(points, logDensities, scores);
        double[] x = new double[dimension];
        double[] score = new double[dimension];
        double[] shares = new double[mixture.ComponentCount];
        for (int n = 0; n < count; n++)
        {
            Array.ConvertAll(points[(n * dimension)..((n + 1) * dimension)], value => (double)value).CopyTo(x, 0);
            double logDensity = mixture.LogDensity(x, score, out _);
            mixture.Responsibilities(x, shares);
            double exponentError = ExponentError * (1 + Math.Abs(logDensity));
            Assert.True(
                Math.Abs(logDensities[n] - logDensity) <= exponentError,
                $"ln p of point {n}: {logDensities[n]:r} for {logDensity:r}");
            double[][] pulls = [.. Enumerable.Range(0, shares.Length).Select(k => Pull(mixture, k, x))];
            double largest = pulls.Max(pull => pull.Max(Math.Abs));
            for (int d = 0; d < dimension; d++)
            {
                double bound = ExponentError * largest;
                for (int k = 0; k < shares.Length; k++)
                {
                    double shift = Math.Min(1, shares[k] * Expm1(2 * exponentError));
                    bound += shift * Math.Abs(pulls[k][d] + score[d]);
                }

                Assert.True(
                    Math.Abs(scores[(n * dimension) + d] - score[d]) <= bound,
                    $"score {d} of point {n}: {scores[(n * dimension) + d]:r} for {score[d]:r}, within {bound:g2}");
            }
        }
    }

    private static double Expm1(double x) => x < 1e-4 ? x : Math.Exp(x) - 1;

    /// <summary>Σ_k⁻¹(x − μ_k) = L⁻ᵀ L⁻¹ (x − μ_k).</summary>
    private static double[] Pull(GaussianMixture mixture, int k, double[] x)
    {
        int dimension = x.Length;
        double[] pull = new double[dimension];
        for (int j = 0; j < dimension; j++)
        {
            ReadOnlySpan<double> row = mixture.InverseCholesky(k).Slice(j * dimension, j + 1);
            double y = 0.0;
            for (int i = 0; i <= j; i++)
            {
                y += row[i] * (x[i] - mixture.Mean(k)[i]);
            }

            for (int i = 0; i <= j; i++)
            {
                pull[i] += row[i] * y;
            }
        }

        return pull;
    }
}
