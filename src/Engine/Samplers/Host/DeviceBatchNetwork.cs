using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Likelihoods;

namespace ScoreGpu.Engine.Samplers.Host;

/// <summary>A network on a device, evaluated in single precision; the sampler's own arithmetic stays in
/// double.</summary>
/// <param name="network">The network; stays the caller's to dispose.</param>
public sealed class DeviceBatchNetwork(IDeviceNetwork network) : ITraceNetwork
{
    private float[] _points = [];
    private float[] _conditions = [];
    private float[] _outputs = [];
    private float[] _vectors = [];

    /// <inheritdoc/>
    public int Dimension => network.Dimension;

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> points, ReadOnlySpan<double> conditions, Span<double> outputs)
    {
        var results = Outputs(outputs.Length);
        network.Evaluate(Rounded(points, ref _points), Rounded(conditions, ref _conditions), results);
        Widen(results, outputs);
    }

    /// <inheritdoc/>
    public void Divergence(ReadOnlySpan<double> points, ReadOnlySpan<double> conditions, Span<double> divergences)
    {
        var results = Outputs(divergences.Length);
        network.Divergence(Rounded(points, ref _points), Rounded(conditions, ref _conditions), results);
        Widen(results, divergences);
    }

    /// <inheritdoc/>
    public void JacobianVector(
        ReadOnlySpan<double> points,
        ReadOnlySpan<double> conditions,
        ReadOnlySpan<double> vectors,
        Span<double> products)
    {
        var results = Outputs(products.Length);
        network.JacobianVector(
            Rounded(points, ref _points),
            Rounded(conditions, ref _conditions),
            Rounded(vectors, ref _vectors),
            results);
        Widen(results, products);
    }

    private static ReadOnlySpan<float> Rounded(ReadOnlySpan<double> values, ref float[] rounded)
    {
        if (rounded.Length < values.Length)
        {
            rounded = new float[values.Length];
        }

        for (int i = 0; i < values.Length; i++)
        {
            rounded[i] = (float)values[i];
        }

        return rounded.AsSpan(0, values.Length);
    }

    private static void Widen(ReadOnlySpan<float> results, Span<double> target)
    {
        for (int i = 0; i < results.Length; i++)
        {
            target[i] = results[i];
        }
    }

    private Span<float> Outputs(int length)
    {
        if (_outputs.Length < length)
        {
            _outputs = new float[length];
        }

        return _outputs.AsSpan(0, length);
    }
}
