using ScoreGpu.Engine.Drawing;
using ScoreGpu.Engine.Likelihoods;
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

    /// <summary>As <see cref="Sample"/>, and adds every segment of every trajectory to an image.</summary>
    /// <remarks>
    /// The trajectories are drawn part by part and never kept: <see cref="SampleRequest.RecordEvery"/> is 0. What a run
    /// that is stopped has drawn is undefined.
    /// </remarks>
    /// <param name="program">The rows, at most 65,535.</param>
    /// <param name="request">What to sample.</param>
    /// <param name="canvas">The image, whose axes and centres fit the network's dimension.</param>
    SampleResult Draw(StepProgram program, SampleRequest request, TrajectoryCanvas canvas);

    /// <summary>Runs a program from given points, and sums w·tr J (or w·vᵀJv for each probe) over its rows, J being the
    /// network's Jacobian at the state that the row finds.</summary>
    TraceResult IntegrateTrace(LikelihoodProgram program, TraceRequest request);
}
