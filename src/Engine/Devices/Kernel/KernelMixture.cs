using ScoreGpu.Engine.Distributions;
using ScoreGpu.Kernels.Dialect;
using ScoreGpu.Kernels.Gpu;

namespace ScoreGpu.Engine.Devices.Kernel;

/// <summary>A mixture on a machine that runs kernels: a batch goes over in parts, each part is one launch.</summary>
internal sealed class KernelMixture : IDeviceMixture
{
    /// <summary>The most floats of one array of a part.</summary>
    private const int PartFloats = 1 << 23;

    private readonly KernelMachine _machine;
    private readonly int _components;
    private readonly DeviceArray<float> _means;
    private readonly DeviceArray<float> _whitenings;
    private readonly DeviceArray<float> _logScales;
    private readonly GrowingArray<float> _points;
    private readonly GrowingArray<float> _logDensities;
    private readonly GrowingArray<float> _scores;

    /// <summary>Copies the mixture's numbers.</summary>
    public KernelMixture(KernelMachine machine, GaussianMixture mixture)
    {
        _machine = machine;
        var tables = new MixtureTables(mixture);
        Dimension = tables.Dimension;
        _components = tables.Components;
        _means = machine.Copy<float>(tables.Means);
        _whitenings = machine.Copy<float>(tables.Whitenings);
        _logScales = machine.Copy<float>(tables.LogScales);
        _points = new GrowingArray<float>(machine);
        _logDensities = new GrowingArray<float>(machine);
        _scores = new GrowingArray<float>(machine);
    }

    /// <inheritdoc/>
    public int Dimension { get; }

    /// <inheritdoc/>
    public void Evaluate(ReadOnlySpan<float> points, Span<float> logDensities, Span<float> scores)
    {
        int count = BatchChecks.CountPoints("points", points.Length, Dimension);
        BatchChecks.RequireLength("logDensities", logDensities.Length, count);
        BatchChecks.RequireLength("scores", scores.Length, points.Length);
        int part = Math.Max(1, PartFloats / Dimension);
        for (int first = 0; first < count; first += part)
        {
            int some = Math.Min(part, count - first);
            int at = first * Dimension;
            int size = some * Dimension;
            View<float> x = _points.Write(points.Slice(at, size));
            DeviceArray<float> logDensity = _logDensities.Of(some);
            DeviceArray<float> score = _scores.Of(size);
            MixtureScore.Launch(
                _machine, LaunchShape.Covering(some, MixtureScoreKernel.GroupSize), x, _means.View, _whitenings.View,
                _logScales.View, logDensity.View, score.View, some, _components, Dimension);
            logDensity.Read(logDensities.Slice(first, some));
            score.Read(scores.Slice(at, size));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _means.Dispose();
        _whitenings.Dispose();
        _logScales.Dispose();
        _points.Dispose();
        _logDensities.Dispose();
        _scores.Dispose();
    }
}
