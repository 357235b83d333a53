using ScoreGpu.Engine.Samplers;

namespace ScoreGpu.Engine.Devices;

/// <summary>A network on a device: values, derivatives and sampling for whole batches.</summary>
/// <remarks>
/// Points are [N, D], row-major. Conditions are empty for an unconditional network, one value for the whole batch, or
/// one a sample: the step t, or σ. Every method throws <see cref="InputException"/> where a length does not fit.
/// </remarks>
public interface IDeviceNetwork : IDisposable
{
    /// <summary>D.</summary>
    int Dimension { get; }

    /// <summary>y = f(x), [N, D].</summary>
    void Evaluate(ReadOnlySpan<float> points, ReadOnlySpan<float> conditions, Span<float> outputs);

    /// <summary>J·v in forward mode, [N, D].</summary>
    void JacobianVector(
        ReadOnlySpan<float> points, ReadOnlySpan<float> conditions, ReadOnlySpan<float> vectors, Span<float> products);

    /// <summary>vᵀJ, the gradient of v·f(x) with respect to x, in reverse mode, [N, D].</summary>
    void VectorJacobian(
        ReadOnlySpan<float> points, ReadOnlySpan<float> conditions, ReadOnlySpan<float> vectors, Span<float> products);

    /// <summary>tr J, exactly, from D tangents, [N].</summary>
    void Divergence(ReadOnlySpan<float> points, ReadOnlySpan<float> conditions, Span<float> divergences);

    /// <summary>Runs a step program for a batch, start to end.</summary>
    SampleResult Sample(StepProgram program, SampleRequest request);
}
