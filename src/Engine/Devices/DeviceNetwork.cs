using ScoreGpu.Engine.Drawing;
using ScoreGpu.Engine.Likelihoods;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Samplers;

namespace ScoreGpu.Engine.Devices;

/// <summary>What a device works out of a batch, a value or a derivative of the network.</summary>
internal enum NetworkQuantity
{
    /// <summary>f(x), [N, D].</summary>
    Value,

    /// <summary>J·v, [N, D].</summary>
    JacobianVector,

    /// <summary>vᵀJ, [N, D].</summary>
    VectorJacobian,

    /// <summary>tr J, [N].</summary>
    Divergence,
}

/// <summary>The checks that every device makes before it touches memory.</summary>
/// <param name="architecture">The network's shape.</param>
internal abstract class DeviceNetwork(NetworkArchitecture architecture) : IDeviceNetwork
{
    /// <inheritdoc/>
    public int Dimension => Architecture.Dimension;

    /// <summary>The network's shape.</summary>
    internal NetworkArchitecture Architecture { get; } = architecture;

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<float> points, ReadOnlySpan<float> conditions, Span<float> outputs) =>
        Check(NetworkQuantity.Value, points, conditions, default, outputs);

    /// <inheritdoc/>
    public void JacobianVector(
        ReadOnlySpan<float> points, ReadOnlySpan<float> conditions, ReadOnlySpan<float> vectors, Span<float> products) =>
        Check(NetworkQuantity.JacobianVector, points, conditions, vectors, products);

    /// <inheritdoc/>
    public void VectorJacobian(
        ReadOnlySpan<float> points, ReadOnlySpan<float> conditions, ReadOnlySpan<float> vectors, Span<float> products) =>
        Check(NetworkQuantity.VectorJacobian, points, conditions, vectors, products);

    /// <inheritdoc/>
    public void Divergence(ReadOnlySpan<float> points, ReadOnlySpan<float> conditions, Span<float> divergences) =>
        Check(NetworkQuantity.Divergence, points, conditions, default, divergences);

    /// <inheritdoc/>
    public SampleResult Sample(StepProgram program, SampleRequest request)
    {
        SamplingChecks.Require(Architecture, program, request);
        return Run(program, request, null);
    }

    /// <inheritdoc/>
    public SampleResult Draw(StepProgram program, SampleRequest request, TrajectoryCanvas canvas)
    {
        SamplingChecks.Require(Architecture, program, request);
        SamplingChecks.RequireCanvas(Architecture, program, request, canvas);
        return Run(program, request, canvas);
    }

    /// <inheritdoc/>
    public TraceResult IntegrateTrace(LikelihoodProgram program, TraceRequest request)
    {
        SamplingChecks.RequireTrace(Architecture, program, request);
        return Run(program, request);
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Works out a quantity; the lengths fit.</summary>
    /// <param name="quantity">Which.</param>
    /// <param name="count">N.</param>
    /// <param name="points">x, [N, D].</param>
    /// <param name="conditions">The levels: none, one, or one a sample.</param>
    /// <param name="vectors">v, [N, D], where the quantity takes it.</param>
    /// <param name="results">Receives the quantity.</param>
    protected abstract void Map(
        NetworkQuantity quantity,
        int count,
        ReadOnlySpan<float> points,
        ReadOnlySpan<float> conditions,
        ReadOnlySpan<float> vectors,
        Span<float> results);

    /// <summary>Runs a step program and draws the trajectories where there is a canvas; the request fits.</summary>
    protected abstract SampleResult Run(StepProgram program, SampleRequest request, TrajectoryCanvas? canvas);

    /// <summary>Runs a program and sums the traces on the way; the request fits.</summary>
    protected abstract TraceResult Run(LikelihoodProgram program, TraceRequest request);

    private void Check(
        NetworkQuantity quantity,
        ReadOnlySpan<float> points,
        ReadOnlySpan<float> conditions,
        ReadOnlySpan<float> vectors,
        Span<float> results)
    {
        int count = BatchChecks.CountPoints("points", points.Length, Dimension);
        BatchChecks.RequireConditions(Architecture.Conditioning, conditions, count);
        BatchChecks.RequireLength(
            "results", results.Length, quantity == NetworkQuantity.Divergence ? count : points.Length);
        if (quantity is NetworkQuantity.JacobianVector or NetworkQuantity.VectorJacobian)
        {
            BatchChecks.RequireLength("vectors", vectors.Length, points.Length);
        }

        Map(quantity, count, points, conditions, vectors, results);
    }
}
