using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Training;
using ScoreGpu.Kernels.Dialect;
using ScoreGpu.Kernels.Gpu;

namespace ScoreGpu.Engine.Devices.Kernel;

/// <summary>Training batches drawn on the device, see <see cref="BatchDrawKernel"/>: the host sends two numbers.</summary>
internal sealed class DeviceDraws : IDisposable
{
    private readonly KernelMachine _machine;
    private readonly ulong _seed;
    private readonly int _dimension;
    private readonly int _choices;
    private readonly int _noiseKind;
    private readonly DeviceArray<uint>? _thresholds;
    private readonly DeviceArray<float>? _factors;
    private readonly DeviceArray<float> _places;

    /// <summary>Copies the data's tables to the device.</summary>
    /// <param name="machine">The device.</param>
    /// <param name="objective">Decides on noise and levels.</param>
    /// <param name="data">A mixture, or a set of points that are chosen independently.</param>
    /// <param name="seed">The key.</param>
    public DeviceDraws(KernelMachine machine, Objective objective, TrainingData data, ulong seed)
    {
        _machine = machine;
        _seed = seed;
        LevelCount = objective is DenoisingObjective denoising ? denoising.Levels.Count : 1;
        _noiseKind = objective switch
        {
            HyvarinenObjective => BatchDrawKernel.NoNoise,
            SlicedObjective { Probes: ProbeKind.Rademacher } => BatchDrawKernel.SignNoise,
            _ => BatchDrawKernel.NormalNoise,
        };
        _dimension = data.Dimension;
        if (data is MixtureData { Mixture: var mixture })
        {
            MixtureTables tables = new(mixture);
            _choices = tables.Components;
            _thresholds = machine.Copy<uint>([.. mixture.SelectionThresholds]);
            _factors = machine.Copy<float>(tables.Factors);
            _places = machine.Copy<float>(tables.Means);
        }
        else
        {
            PointSet points = ((PointSetData)data).Points;
            _choices = points.Count;
            _places = machine.Copy<float>(points.Values);
        }
    }

    /// <summary>Levels that a sample may have.</summary>
    public int LevelCount { get; }

    /// <summary>A batch: x₀ and noise, [count, D], and the level of each sample.</summary>
    /// <param name="step">The training step.</param>
    /// <param name="first">The index of the first sample in it.</param>
    /// <param name="count">The number of samples.</param>
    /// <param name="clean">Receives x₀.</param>
    /// <param name="noise">Receives the noise.</param>
    /// <param name="levels">Receives the levels.</param>
    public void Fill(uint step, int first, int count, View<float> clean, View<float> noise, View<int> levels)
    {
        LaunchShape shape = LaunchShape.Covering(count, BatchDrawKernel.GroupSize);
        if (_factors is null)
        {
            BatchDrawPoints.Launch(
                _machine,
                shape,
                _places.View,
                clean,
                noise,
                levels,
                count,
                _choices,
                _dimension,
                LevelCount,
                _noiseKind,
                (uint)first,
                step,
                _seed);
            return;
        }

        BatchDrawMixture.Launch(
            _machine,
            shape,
            _thresholds!.View,
            _places.View,
            _factors.View,
            clean,
            noise,
            levels,
            count,
            _choices,
            _dimension,
            LevelCount,
            _noiseKind,
            (uint)first,
            step,
            _seed);
    }

    /// <summary>As <see cref="Fill"/>, without x₀.</summary>
    public void FillNoise(uint step, int first, int count, View<float> noise, View<int> levels) =>
        BatchDrawNoise.Launch(
            _machine,
            LaunchShape.Covering(count, BatchDrawKernel.GroupSize),
            noise,
            levels,
            count,
            _dimension,
            LevelCount,
            _noiseKind,
            (uint)first,
            step,
            _seed);

    /// <inheritdoc/>
    public void Dispose()
    {
        _thresholds?.Dispose();
        _factors?.Dispose();
        _places.Dispose();
    }
}
