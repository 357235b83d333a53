using ScoreGpu.Engine.Likelihoods;
using ScoreGpu.Kernels;

namespace ScoreGpu.Viz.Labs.Sde;

/// <summary>
/// A network that forgets the probe it is asked for and draws another in every call, as code does that draws within the
/// right-hand side of the ODE.
/// </summary>
/// <param name="network">The network.</param>
/// <param name="seed">The key of the draws.</param>
internal sealed class FreshProbes(ITraceNetwork network, ulong seed) : ITraceNetwork
{
    private uint _calls;

    /// <inheritdoc/>
    public int Dimension => network.Dimension;

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> points, ReadOnlySpan<double> conditions, Span<double> outputs) =>
        network.Evaluate(points, conditions, outputs);

    /// <inheritdoc/>
    public void Divergence(
        ReadOnlySpan<double> points, ReadOnlySpan<double> conditions, Span<double> divergences) =>
        network.Divergence(points, conditions, divergences);

    /// <summary>Vectors whose product with those given is uᵀJu, u being Gaussian and new: v·(uᵀJu)/|v|².</summary>
    public void JacobianVector(
        ReadOnlySpan<double> points,
        ReadOnlySpan<double> conditions,
        ReadOnlySpan<double> vectors,
        Span<double> products)
    {
        double[] fresh = new double[vectors.Length];
        NormalDraws.Fill(seed, _calls++, 0, PhiloxStreams.Probes, fresh);
        network.JacobianVector(points, conditions, fresh, products);
        for (int i = 0; i < vectors.Length; i += Dimension)
        {
            double estimate = 0.0;
            double square = 0.0;
            for (int d = i; d < i + Dimension; d++)
            {
                estimate += fresh[d] * products[d];
                square += vectors[d] * vectors[d];
            }

            for (int d = i; d < i + Dimension; d++)
            {
                products[d] = vectors[d] * estimate / square;
            }
        }
    }
}
