using ScoreGpu.Engine.Samplers.Host;

namespace ScoreGpu.Engine.Likelihoods;

/// <summary>A network whose Jacobian J the host can ask for: exact ones in double, or one on a device.</summary>
public interface ITraceNetwork : IBatchNetwork
{
    /// <summary>tr J at points.</summary>
    /// <param name="points">[N, D], row-major.</param>
    /// <param name="conditions">One for all points, or one a point.</param>
    /// <param name="divergences">Receives tr J, [N].</param>
    void Divergence(ReadOnlySpan<double> points, ReadOnlySpan<double> conditions, Span<double> divergences);

    /// <summary>J·v at points.</summary>
    /// <param name="points">[N, D], row-major.</param>
    /// <param name="conditions">One for all points, or one a point.</param>
    /// <param name="vectors">v, [N, D].</param>
    /// <param name="products">Receives J·v, [N, D].</param>
    void JacobianVector(
        ReadOnlySpan<double> points,
        ReadOnlySpan<double> conditions,
        ReadOnlySpan<double> vectors,
        Span<double> products);
}
