namespace ScoreGpu.Engine.Samplers.Host;

/// <summary>
/// A network as the host sees it: outputs for a batch, in double. What samplers that are no table run on, and what can
/// stand in for a network that is known exactly.
/// </summary>
public interface IBatchNetwork
{
    /// <summary>D.</summary>
    int Dimension { get; }

    /// <summary>The outputs at points.</summary>
    /// <param name="points">[N, D], row-major.</param>
    /// <param name="conditions">What the network is told: one value for all points, or one a point.</param>
    /// <param name="outputs">Receives the outputs, [N, D].</param>
    /// <exception cref="InputException">A length or a condition does not fit.</exception>
    void Evaluate(ReadOnlySpan<double> points, ReadOnlySpan<double> conditions, Span<double> outputs);
}
