using ScoreGpu.Engine.Likelihoods;
using ScoreGpu.Engine.Verification.Reference;

namespace ScoreGpu.Engine.Benchmarks;

/// <summary>The float64 reference as the programs of the host see a network.</summary>
/// <param name="network">The reference.</param>
internal sealed class PlainNetwork(ReferenceNetwork network) : ITraceNetwork
{
    /// <inheritdoc/>
    public int Dimension => network.Architecture.Dimension;

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> points, ReadOnlySpan<double> conditions, Span<double> outputs)
    {
        for (int n = 0; n < points.Length / Dimension; n++)
        {
            network.Evaluate(Row(points, n), At(conditions, n)).CopyTo(outputs[(n * Dimension)..]);
        }
    }

    /// <inheritdoc/>
    public void Divergence(ReadOnlySpan<double> points, ReadOnlySpan<double> conditions, Span<double> divergences)
    {
        for (int n = 0; n < divergences.Length; n++)
        {
            divergences[n] = network.Divergence(Row(points, n), At(conditions, n));
        }
    }

    /// <inheritdoc/>
    public void JacobianVector(
        ReadOnlySpan<double> points,
        ReadOnlySpan<double> conditions,
        ReadOnlySpan<double> vectors,
        Span<double> products)
    {
        for (int n = 0; n < points.Length / Dimension; n++)
        {
            network.JacobianVector(Row(points, n), At(conditions, n), Row(vectors, n))
                .CopyTo(products[(n * Dimension)..]);
        }
    }

    private static double At(ReadOnlySpan<double> conditions, int n) => conditions[conditions.Length == 1 ? 0 : n];

    private double[] Row(ReadOnlySpan<double> values, int n) => values.Slice(n * Dimension, Dimension).ToArray();
}
