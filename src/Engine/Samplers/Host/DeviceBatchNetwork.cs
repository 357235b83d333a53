using ScoreGpu.Engine.Devices;

namespace ScoreGpu.Engine.Samplers.Host;

/// <summary>A network on a device, evaluated in single precision; the sampler's own arithmetic stays in
/// double.</summary>
/// <param name="network">The network; stays the caller's to dispose.</param>
public sealed class DeviceBatchNetwork(IDeviceNetwork network) : IBatchNetwork
{
    private float[] _points = [];
    private float[] _conditions = [];
    private float[] _outputs = [];

    /// <inheritdoc/>
    public int Dimension => network.Dimension;

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<double> points, ReadOnlySpan<double> conditions, Span<double> outputs)
    {
        if (_points.Length < points.Length)
        {
            _points = new float[points.Length];
            _outputs = new float[points.Length];
        }

        if (_conditions.Length < conditions.Length)
        {
            _conditions = new float[conditions.Length];
        }

        Round(points, _points);
        Round(conditions, _conditions);
        var results = _outputs.AsSpan(0, points.Length);
        network.Evaluate(_points.AsSpan(0, points.Length), _conditions.AsSpan(0, conditions.Length), results);
        for (int i = 0; i < results.Length; i++)
        {
            outputs[i] = results[i];
        }
    }

    private static void Round(ReadOnlySpan<double> values, float[] rounded)
    {
        for (int i = 0; i < values.Length; i++)
        {
            rounded[i] = (float)values[i];
        }
    }
}
