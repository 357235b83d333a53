using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Training;
using ScoreGpu.Kernels.Dialect;

namespace ScoreGpu.Engine.Devices.Kernel;

/// <summary>A part of a training batch on the device, drawn or given.</summary>
internal sealed class TrainingBatches : IDisposable
{
    private readonly HostDraws _hostDraws;
    private readonly DeviceDraws _deviceDraws;
    private readonly GrowingArray<float> _clean;
    private readonly GrowingArray<float> _noise;
    private readonly GrowingArray<int> _levels;
    private readonly int _dimension;
    private readonly bool _isShuffled;
    private readonly bool _hasNoise;
    private float[] _values = [];
    private int[] _indices = [];

    /// <summary>Takes the data's tables.</summary>
    public TrainingBatches(KernelMachine machine, Objective objective, TrainingData data, TrainingOptions options)
    {
        _hostDraws = new HostDraws(data, options);
        _deviceDraws = new DeviceDraws(machine, objective, data, options.Seed);
        _clean = new GrowingArray<float>(machine);
        _noise = new GrowingArray<float>(machine);
        _levels = new GrowingArray<int>(machine);
        _dimension = data.Dimension;
        _isShuffled = data is PointSetData { Order: DrawOrder.Shuffled };
        _hasNoise = objective is not HyvarinenObjective;
    }

    /// <summary>x₀, [count, D].</summary>
    public View<float> Clean => _clean.Of(1).View;

    /// <summary>ε or the probes, [count, D]; anything where the objective has none.</summary>
    public View<float> Noise => _noise.Of(1).View;

    /// <summary>The level of each sample; anything where the objective has no noise.</summary>
    public View<int> Levels => _levels.Of(1).View;

    /// <summary>The level of each sample.</summary>
    public ReadOnlySpan<int> HostLevels => _indices;

    /// <summary>Brings a part to the device.</summary>
    /// <param name="batch">The given batch; null draws it.</param>
    /// <param name="step">The step that it is drawn for.</param>
    /// <param name="first">The part's first sample, a multiple of 64.</param>
    /// <param name="count">Its samples.</param>
    public void Load(TrainingBatch? batch, uint step, int first, int count)
    {
        if (_indices.Length != count)
        {
            _indices = new int[count];
        }

        if (batch is null)
        {
            Draw(step, first, count);
        }
        else
        {
            Copy(batch, first, count);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _hostDraws.Dispose();
        _deviceDraws.Dispose();
        _clean.Dispose();
        _noise.Dispose();
        _levels.Dispose();
    }

    private void Draw(uint step, int first, int count)
    {
        int size = count * _dimension;
        View<float> noise = _noise.Of(_hasNoise ? size : 1).View;
        View<int> levels = _levels.Of(_hasNoise ? count : 1).View;
        if (!_isShuffled)
        {
            _deviceDraws.Fill(step, first, count, _clean.Of(size).View, noise, levels);
        }
        else
        {
            _values = _values.Length == size ? _values : new float[size];
            _hostDraws.FillClean(step, first, _values);
            _clean.Write(_values);
            _deviceDraws.FillNoise(step, first, count, noise, levels);
        }

        // The device has them too; here they decide which sums a sample belongs to.
        if (_deviceDraws.LevelCount > 1)
        {
            _hostDraws.FillLevels(step, first, _deviceDraws.LevelCount, _indices);
        }
    }

    private void Copy(TrainingBatch batch, int first, int count)
    {
        int size = count * _dimension;
        _clean.Write(batch.Clean.AsSpan(first * _dimension, size));
        if (_hasNoise)
        {
            _noise.Write(batch.Noise.AsSpan(first * _dimension, size));
        }

        Array.Clear(_indices);
        if (batch.Levels.Length > 0)
        {
            batch.Levels.AsSpan(first, count).CopyTo(_indices);
        }

        _levels.Write(_indices);
    }
}
