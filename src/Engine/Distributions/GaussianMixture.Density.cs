using System.Buffers;

namespace ScoreGpu.Engine.Distributions;

/// <content>Density, score and divergence at one point.</content>
public sealed partial class GaussianMixture
{
    private const int StackScratch = 256;

    /// <summary>p(x). Underflows to 0 far from every mode; the log-density does not.</summary>
    /// <param name="x">The point, [D].</param>
    public double Density(ReadOnlySpan<double> x) => Math.Exp(LogDensity(x));

    /// <summary>ln p(x), in nats, by a log-sum-exp over the components.</summary>
    /// <param name="x">The point, [D].</param>
    public double LogDensity(ReadOnlySpan<double> x) => Evaluate(x, default, out _);

    /// <summary>The score ∇ ln p(x) = Σ_k r_k Σ_k⁻¹(μ_k − x), r_k being the responsibilities.</summary>
    /// <param name="x">The point, [D].</param>
    /// <param name="score">Receives the score, [D].</param>
    public void Score(ReadOnlySpan<double> x, Span<double> score)
    {
        RequirePoint(score.Length, nameof(score));
        Evaluate(x, score, out _);
    }

    /// <summary>
    /// The divergence of the score, the Laplacian of ln p: Σ_k r_k |z_k − z̄|² − Σ_k r_k tr Σ_k⁻¹ with
    /// z_k = Σ_k⁻¹(x − μ_k) and z̄ = Σ_k r_k z_k.
    /// </summary>
    /// <remarks>
    /// The first sum is a variance and is computed as one: as a difference of mean squares it would lose its digits
    /// far from the modes.
    /// </remarks>
    /// <param name="x">The point, [D].</param>
    public double ScoreDivergence(ReadOnlySpan<double> x)
    {
        Evaluate(x, default, out double divergence, withDivergence: true);
        return divergence;
    }

    /// <summary>Log-density, score and divergence of the score together, at little more than the cost of one.</summary>
    /// <param name="x">The point, [D].</param>
    /// <param name="score">Receives the score, [D].</param>
    /// <param name="divergence">Receives the divergence of the score.</param>
    /// <returns>ln p(x), in nats.</returns>
    public double LogDensity(ReadOnlySpan<double> x, Span<double> score, out double divergence)
    {
        RequirePoint(score.Length, nameof(score));
        return Evaluate(x, score, out divergence, withDivergence: true);
    }

    /// <summary>The responsibilities r_k(x) = w_k N(x; μ_k, Σ_k)/p(x), of sum 1.</summary>
    /// <param name="x">The point, [D].</param>
    /// <param name="responsibilities">Receives r_k, [K].</param>
    public void Responsibilities(ReadOnlySpan<double> x, Span<double> responsibilities)
    {
        RequirePoint(x.Length, nameof(x));
        if (responsibilities.Length != ComponentCount)
        {
            throw new ArgumentException(
                $"responsibilities has {responsibilities.Length} entries; expected {ComponentCount}, one a component.",
                nameof(responsibilities));
        }

        double[]? rented = null;
        Span<double> scratch = Dimension <= StackScratch
            ? stackalloc double[StackScratch]
            : (rented = ArrayPool<double>.Shared.Rent(Dimension));
        for (int k = 0; k < ComponentCount; k++)
        {
            responsibilities[k] = _logScales[k] - (0.5 * Whiten(x, k, scratch[..Dimension]));
        }

        Release(rented);
        ExponentiateAndNormalise(responsibilities);
    }

    /// <summary>The component nearest to a point in Mahalanobis distance √((x − μ_k)ᵀ Σ_k⁻¹ (x − μ_k)).</summary>
    /// <param name="x">The point, [D].</param>
    /// <returns>The component's index; the lowest where two are equally near.</returns>
    public int NearestMode(ReadOnlySpan<double> x) => NearestMode(x, out _);

    /// <summary>The component nearest to a point in Mahalanobis distance, and that distance.</summary>
    /// <param name="x">The point, [D].</param>
    /// <param name="distance">Receives the distance in standard deviations; NaN where the point is not finite.</param>
    /// <returns>The component's index; the lowest where two are equally near.</returns>
    public int NearestMode(ReadOnlySpan<double> x, out double distance)
    {
        RequirePoint(x.Length, nameof(x));
        double[]? rented = null;
        Span<double> scratch = Dimension <= StackScratch
            ? stackalloc double[StackScratch]
            : (rented = ArrayPool<double>.Shared.Rent(Dimension));
        int nearest = 0;
        double least = Whiten(x, 0, scratch[..Dimension]);
        for (int k = 1; k < ComponentCount; k++)
        {
            double squared = Whiten(x, k, scratch[..Dimension]);
            if (squared < least)
            {
                least = squared;
                nearest = k;
            }
        }

        Release(rented);
        distance = Math.Sqrt(least);
        return nearest;
    }

    // Fills scratch with y = L⁻¹(x − μ) and returns |y|², the squared Mahalanobis distance.
    private double Whiten(ReadOnlySpan<double> x, int k, Span<double> y)
    {
        ReadOnlySpan<double> mean = Mean(k);
        ReadOnlySpan<double> inverse = InverseCholesky(k);
        double squared = 0.0;
        for (int i = 0; i < y.Length; i++)
        {
            ReadOnlySpan<double> row = inverse.Slice(i * y.Length, i + 1);
            double sum = 0.0;
            for (int j = 0; j < row.Length; j++)
            {
                sum += row[j] * (x[j] - mean[j]);
            }

            y[i] = sum;
            squared += sum * sum;
        }

        return squared;
    }

    // Turns y = L⁻¹(x − μ) into z = L⁻ᵀ y = Σ⁻¹(x − μ), in place: entry i needs only y[i…].
    private void SolveTransposed(int k, Span<double> y)
    {
        ReadOnlySpan<double> inverse = InverseCholesky(k);
        for (int i = 0; i < y.Length; i++)
        {
            double sum = 0.0;
            for (int j = i; j < y.Length; j++)
            {
                sum += inverse[(j * y.Length) + i] * y[j];
            }

            y[i] = sum;
        }
    }

    private double Evaluate(
        ReadOnlySpan<double> x, Span<double> score, out double divergence, bool withDivergence = false)
    {
        RequirePoint(x.Length, nameof(x));
        int needed = ComponentCount + (ComponentCount * Dimension) + Dimension;
        double[]? rented = null;
        Span<double> scratch = needed <= StackScratch
            ? stackalloc double[StackScratch]
            : (rented = ArrayPool<double>.Shared.Rent(needed));
        Span<double> responsibilities = scratch[..ComponentCount];
        Span<double> solved = scratch.Slice(ComponentCount, ComponentCount * Dimension);
        Span<double> mean = scratch.Slice(ComponentCount * (Dimension + 1), Dimension);

        for (int k = 0; k < ComponentCount; k++)
        {
            double squared = Whiten(x, k, solved.Slice(k * Dimension, Dimension));
            responsibilities[k] = _logScales[k] - (0.5 * squared);
        }

        double logDensity = ExponentiateAndNormalise(responsibilities);
        divergence = 0.0;
        if (withDivergence || !score.IsEmpty)
        {
            mean.Clear();
            for (int k = 0; k < ComponentCount; k++)
            {
                Span<double> z = solved.Slice(k * Dimension, Dimension);
                SolveTransposed(k, z);
                for (int i = 0; i < z.Length; i++)
                {
                    mean[i] += responsibilities[k] * z[i];
                }
            }

            for (int i = 0; i < score.Length; i++)
            {
                score[i] = -mean[i];
            }
        }

        if (withDivergence)
        {
            divergence = SpreadOf(solved, responsibilities, mean);
        }

        Release(rented);
        return logDensity;
    }

    private double SpreadOf(
        ReadOnlySpan<double> solved, ReadOnlySpan<double> responsibilities, ReadOnlySpan<double> mean)
    {
        double sum = 0.0;
        for (int k = 0; k < ComponentCount; k++)
        {
            double squared = 0.0;
            for (int i = 0; i < Dimension; i++)
            {
                double difference = solved[(k * Dimension) + i] - mean[i];
                squared += difference * difference;
            }

            sum += responsibilities[k] * (squared - _precisionTraces[k]);
        }

        return sum;
    }

    // Replaces logarithms by their exponentials over the sum, and returns the logarithm of that sum.
    private static double ExponentiateAndNormalise(Span<double> values)
    {
        double largest = values[0];
        for (int k = 1; k < values.Length; k++)
        {
            largest = Math.Max(largest, values[k]);
        }

        double sum = 0.0;
        for (int k = 0; k < values.Length; k++)
        {
            values[k] = Math.Exp(values[k] - largest);
            sum += values[k];
        }

        for (int k = 0; k < values.Length; k++)
        {
            values[k] /= sum;
        }

        return largest + Math.Log(sum);
    }

    private static void Release(double[]? rented)
    {
        if (rented is not null)
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    private void RequirePoint(int length, string name)
    {
        if (length != Dimension)
        {
            throw new ArgumentException(
                $"{name} has {length} entries; expected {Dimension}, the mixture's dimension.", name);
        }
    }
}
