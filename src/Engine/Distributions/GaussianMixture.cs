namespace ScoreGpu.Engine.Distributions;

/// <summary>
/// A mixture of Gaussians in any dimension with full covariances, p(x) = Σ_k w_k N(x; μ_k, Σ_k): the one family
/// whose density, score and noised versions are all known in closed form, and so the yardstick of every sampler.
/// </summary>
/// <remarks>
/// All arithmetic is double. Components are kept as Cholesky factors Σ_k = L_k L_kᵀ and their inverses, and sums over
/// components are taken relative to the largest term, so log-density and score hold thousands of standard deviations
/// away from every mode; they fail where a squared distance overflows, about 10¹⁵⁰ standard deviations out.
/// Instances do not change after construction and may be shared between threads.
/// </remarks>
public sealed partial class GaussianMixture : IDistribution
{
    private readonly double[] _weights;
    private readonly double[] _means;
    private readonly double[] _covariances;
    private readonly double[] _factors;
    private readonly double[] _inverseFactors;
    private readonly double[] _precisionTraces;
    private readonly double[] _logScales;
    private readonly uint[] _selectionThresholds;

    /// <summary>Creates a mixture.</summary>
    /// <param name="weights">One positive weight a component; divided by their sum.</param>
    /// <param name="means">One mean a component, all of the same length D ≥ 1.</param>
    /// <param name="covariances">One D × D covariance a component, symmetric and positive definite.</param>
    /// <exception cref="InputException">A weight, mean or covariance is not as described.</exception>
    public GaussianMixture(
        IReadOnlyList<double> weights,
        IReadOnlyList<double[]> means,
        IReadOnlyList<double[,]> covariances)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(means);
        ArgumentNullException.ThrowIfNull(covariances);
        int count = weights.Count;
        if (count == 0)
        {
            throw InputException.For(nameof(weights), "empty", "at least one component");
        }

        if (means.Count != count)
        {
            throw InputException.For($"the number of {nameof(means)}", means.Count, $"{count}, one a weight");
        }

        if (covariances.Count != count)
        {
            throw InputException.For(
                $"the number of {nameof(covariances)}", covariances.Count, $"{count}, one a weight");
        }

        int dimension = means[0].Length;
        if (dimension == 0)
        {
            throw InputException.For("the length of means[0]", 0, "at least 1");
        }

        ComponentCount = count;
        Dimension = dimension;
        _weights = Normalised(weights);
        _means = new double[count * dimension];
        _covariances = new double[count * dimension * dimension];
        _factors = new double[count * dimension * dimension];
        _inverseFactors = new double[count * dimension * dimension];
        _precisionTraces = new double[count];
        _logScales = new double[count];
        _selectionThresholds = Thresholds(_weights);

        for (int k = 0; k < count; k++)
        {
            CopyMean(means[k], k);
            CopyCovariance(covariances[k], k);
            Factorise(k);
        }
    }

    /// <summary>The dimension D.</summary>
    public int Dimension { get; }

    /// <summary>The number of components K.</summary>
    public int ComponentCount { get; }

    /// <summary>The weights w_k, positive and of sum 1.</summary>
    public IReadOnlyList<double> Weights => _weights;

    /// <summary>
    /// For drawing a component from one uniform word r: the component is the number of k &lt; K − 1 with
    /// r ≥ threshold[k]. Comparing whole numbers lets every device choose alike.
    /// </summary>
    public IReadOnlyList<uint> SelectionThresholds => _selectionThresholds;

    private int Square => Dimension * Dimension;

    /// <summary>A mixture of equally weighted isotropic components N(μ_k, std²·I).</summary>
    /// <param name="centers">The means, all of the same length.</param>
    /// <param name="std">The standard deviation of every component in every direction; above 0.</param>
    /// <exception cref="InputException">A centre or <paramref name="std"/> is not as described.</exception>
    public static GaussianMixture Isotropic(IReadOnlyList<double[]> centers, double std)
    {
        ArgumentNullException.ThrowIfNull(centers);
        if (centers.Count == 0)
        {
            throw InputException.For(nameof(centers), "empty", "at least one centre");
        }

        if (!(std > 0.0) || double.IsInfinity(std))
        {
            throw InputException.For(nameof(std), std, "a finite number above 0");
        }

        int dimension = centers[0].Length;
        double[,] covariance = new double[dimension, dimension];
        for (int i = 0; i < dimension; i++)
        {
            covariance[i, i] = std * std;
        }

        return new GaussianMixture(
            Enumerable.Repeat(1.0, centers.Count).ToArray(),
            centers,
            Enumerable.Repeat(covariance, centers.Count).ToArray());
    }

    /// <summary>The mean μ_k, [D].</summary>
    /// <param name="k">The component, 0 … K − 1.</param>
    public ReadOnlySpan<double> Mean(int k) => Part(_means, k, Dimension);

    /// <summary>The covariance Σ_k, [D, D] row-major.</summary>
    /// <param name="k">The component, 0 … K − 1.</param>
    public ReadOnlySpan<double> Covariance(int k) => Part(_covariances, k, Square);

    /// <summary>The lower-triangular Cholesky factor L_k of Σ_k = L_k L_kᵀ, [D, D] row-major.</summary>
    /// <param name="k">The component, 0 … K − 1.</param>
    public ReadOnlySpan<double> Cholesky(int k) => Part(_factors, k, Square);

    /// <summary>The inverse L_k⁻¹ of the Cholesky factor, lower-triangular, [D, D] row-major.</summary>
    /// <param name="k">The component, 0 … K − 1.</param>
    public ReadOnlySpan<double> InverseCholesky(int k) => Part(_inverseFactors, k, Square);

    /// <summary>
    /// The logarithm of the component's height at its mean: ln w_k − ½D ln 2π − ½ ln det Σ_k.
    /// </summary>
    /// <param name="k">The component, 0 … K − 1.</param>
    public double LogScale(int k) => _logScales[k];

    /// <summary>
    /// The distribution of α·x₀ + σ·ε for x₀ from this mixture: components N(α μ_k, α² Σ_k + σ² I), same weights.
    /// </summary>
    /// <param name="alpha">α, finite and at least 0.</param>
    /// <param name="sigma">σ, finite and at least 0; not both may be 0.</param>
    /// <exception cref="InputException">α or σ is out of range.</exception>
    public GaussianMixture Noised(double alpha, double sigma)
    {
        if (!(alpha >= 0.0) || double.IsInfinity(alpha))
        {
            throw InputException.For(nameof(alpha), alpha, "a finite number, at least 0");
        }

        if (!(sigma >= 0.0) || double.IsInfinity(sigma))
        {
            throw InputException.For(nameof(sigma), sigma, "a finite number, at least 0");
        }

        double[][] means = new double[ComponentCount][];
        double[][,] covariances = new double[ComponentCount][,];
        for (int k = 0; k < ComponentCount; k++)
        {
            means[k] = Mean(k).ToArray();
            covariances[k] = new double[Dimension, Dimension];
            for (int i = 0; i < Dimension; i++)
            {
                means[k][i] *= alpha;
                for (int j = 0; j < Dimension; j++)
                {
                    covariances[k][i, j] = alpha * alpha * Covariance(k)[(i * Dimension) + j];
                }

                covariances[k][i, i] += sigma * sigma;
            }
        }

        return new GaussianMixture(_weights, means, covariances);
    }

    private static ReadOnlySpan<double> Part(double[] values, int k, int length) => values.AsSpan(k * length, length);

    private static double[] Normalised(IReadOnlyList<double> weights)
    {
        double sum = 0.0;
        for (int k = 0; k < weights.Count; k++)
        {
            if (!(weights[k] > 0.0) || double.IsInfinity(weights[k]))
            {
                throw InputException.For($"weights[{k}]", weights[k], "a finite number above 0");
            }

            sum += weights[k];
        }

        if (double.IsInfinity(sum))
        {
            throw InputException.For("the sum of weights", sum, "a finite number");
        }

        return weights.Select(weight => weight / sum).ToArray();
    }

    private static uint[] Thresholds(double[] weights)
    {
        uint[] thresholds = new uint[weights.Length];
        double cumulative = 0.0;
        for (int k = 0; k < weights.Length; k++)
        {
            cumulative += weights[k];
            thresholds[k] = (uint)Math.Min(Math.Round(cumulative * 4294967296.0), uint.MaxValue);
        }

        return thresholds;
    }

    private void CopyMean(double[] mean, int k)
    {
        if (mean.Length != Dimension)
        {
            throw InputException.For($"the length of means[{k}]", mean.Length, $"{Dimension}, as in means[0]");
        }

        for (int i = 0; i < Dimension; i++)
        {
            if (!double.IsFinite(mean[i]))
            {
                throw InputException.For($"means[{k}][{i}]", mean[i], "a finite number");
            }
        }

        mean.CopyTo(_means, k * Dimension);
    }

    private void CopyCovariance(double[,] covariance, int k)
    {
        if (covariance.GetLength(0) != Dimension || covariance.GetLength(1) != Dimension)
        {
            string size = $"{covariance.GetLength(0)} × {covariance.GetLength(1)}";
            throw InputException.For($"the size of covariances[{k}]", size, $"{Dimension} × {Dimension}");
        }

        for (int i = 0; i < Dimension; i++)
        {
            for (int j = 0; j < Dimension; j++)
            {
                double value = covariance[i, j];
                double tolerance = 1e-12 * (Math.Abs(value) + Math.Abs(covariance[j, i]));
                if (!double.IsFinite(value) || Math.Abs(value - covariance[j, i]) > tolerance)
                {
                    throw InputException.For(
                        $"covariances[{k}][{i},{j}]",
                        value,
                        $"a finite number equal to its mirror image {covariance[j, i]}");
                }

                _covariances[(k * Square) + (i * Dimension) + j] = value;
            }
        }
    }

    private void Factorise(int k)
    {
        Span<double> factor = _factors.AsSpan(k * Square, Square);
        Span<double> inverse = _inverseFactors.AsSpan(k * Square, Square);
        if (!CholeskyFactor.TryCompute(Covariance(k), Dimension, factor))
        {
            throw InputException.For(
                $"covariances[{k}]", "not positive definite", "a symmetric positive definite matrix");
        }

        CholeskyFactor.Invert(factor, Dimension, inverse);

        double logDeterminantHalf = 0.0;
        double trace = 0.0;
        for (int i = 0; i < Dimension; i++)
        {
            logDeterminantHalf += Math.Log(factor[(i * Dimension) + i]);
        }

        foreach (double entry in inverse)
        {
            trace += entry * entry;
        }

        _precisionTraces[k] = trace;
        _logScales[k] = Math.Log(_weights[k]) - (0.5 * Dimension * Math.Log(2.0 * Math.PI)) - logDeterminantHalf;
    }
}
