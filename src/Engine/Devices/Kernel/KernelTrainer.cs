using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Training;
using ScoreGpu.Kernels.Dialect;
using ScoreGpu.Kernels.Gpu;

namespace ScoreGpu.Engine.Devices.Kernel;

/// <summary>Training on a machine that runs kernels.</summary>
/// <remarks>
/// A step is a few launches:
/// <list type="number">
/// <item><description>the tower's forward pass: the bias of every level;</description></item>
/// <item><description>the trunk's forward and backward pass, a tile of samples a group, leaving a tape;</description></item>
/// <item><description>the weight gradients from the tape, and the first δ summed by level;</description></item>
/// <item><description>the tower's backward pass and its weight gradients;</description></item>
/// <item><description>the sum of the gradient's copies with its norm, and Adam.</description></item>
/// </list>
/// An unconditional network takes four launches. Large batches go through 2 and 3 in parts. Batches are drawn on the
/// host; every sum on the device has a fixed order, so the same steps give the same bits.
/// </remarks>
internal sealed class KernelTrainer : ITrainer
{
    /// <summary>The most floats of a tape.</summary>
    private const int TapeFloats = 1 << 24;

    /// <summary>Columns of the tape that one group sums a piece of the gradient over.</summary>
    private const int ColumnsOfRange = 128;

    private const int MostRanges = 64;
    private const int AdamGroups = 512;

    private readonly KernelMachine _machine;
    private readonly TrainingOptions _options;
    private readonly Objective _objective;
    private readonly ChainLayout _layout;
    private readonly ChainTable _trunk;
    private readonly TilePlan _plan;
    private readonly TapeBuffers _tape;
    private readonly TowerTraining? _tower;
    private readonly TrainingBatches _batches;
    private readonly DeviceArray<float> _weights;
    private readonly DeviceArray<float> _gradient;
    private readonly DeviceArray<float> _firstMoment;
    private readonly DeviceArray<float> _secondMoment;
    private readonly DeviceArray<float> _copies;
    private readonly DeviceArray<float> _squares;
    private readonly DeviceArray<float> _coefficients;
    private readonly GrowingArray<float> _losses;
    private readonly int _passes;
    private readonly int _ranges;
    private readonly int _shares;
    private readonly int _part;
    private double _learningRate;

    /// <summary>Checks the arguments, copies the weights and allocates.</summary>
    public KernelTrainer(
        KernelMachine machine, Network network, Objective objective, TrainingData data, TrainingOptions options)
    {
        TrainingChecks.Require(network.Architecture, objective, data, options);
        _machine = machine;
        _options = options;
        _learningRate = options.LearningRate;
        _objective = objective;
        _layout = new ChainLayout(network);
        _batches = new TrainingBatches(machine, objective, data, options.Seed);
        IReadOnlyList<NoiseLevel> levels = objective is DenoisingObjective denoising ? denoising.Levels : [];
        bool hasTower = _layout.Tower.Count > 0;
        int dimension = network.Architecture.Dimension;
        int tangents = objective switch
        {
            HyvarinenObjective => dimension,
            SlicedObjective => 1,
            _ => 0,
        };
        _trunk = new ChainTable(machine, _layout.Trunk, !hasTower);
        _plan = TilePlan.Choose(
            machine, _trunk, options.BatchSize, tangents, DenoisingKernel.ExtraPerColumn(dimension));
        _passes = tangents == 0 ? 1 : (tangents + _plan.Tiling.Lanes - 2) / (_plan.Tiling.Lanes - 1);
        _tape = new TapeBuffers(machine, _trunk, _plan);
        _part = PartSize();
        long columns = (long)Math.Min(_part, options.BatchSize) * _passes * _plan.Tiling.Lanes;
        _ranges = (int)Math.Clamp(
            Math.Min(columns / ColumnsOfRange, machine.BusyGroups / _tape.PieceCount), 1, MostRanges);
        _shares = Math.Min(GradientSumKernel.MostGroups, machine.BusyGroups);
        _weights = machine.Copy<float>(network.Values);
        _gradient = machine.Allocate<float>(_layout.Values);
        _firstMoment = Zeros(_layout.Values);
        _secondMoment = Zeros(_layout.Values);
        _copies = Zeros(checked(_layout.Values * _ranges));
        _squares = machine.Allocate<float>(_shares);
        _coefficients = machine.Copy<float>([.. levels.SelectMany(Fields)]);
        _losses = new GrowingArray<float>(machine);
        if (hasTower)
        {
            _tower = new TowerTraining(machine, _layout, [.. levels.Select(level => (float)level.Condition)]);
        }
    }

    /// <inheritdoc/>
    public int StepsDone { get; private set; }

    /// <inheritdoc/>
    public double LearningRate
    {
        get => _learningRate;
        set
        {
            TrainingOptions.RequireLearningRate(value);
            _learningRate = value;
        }
    }

    /// <inheritdoc/>
    public double Step()
    {
        double loss = ComputeGradient(null, _options.BatchSize);
        Update();
        return loss;
    }

    /// <inheritdoc/>
    public double Step(TrainingBatch batch)
    {
        double loss = ComputeGradient(batch, CheckBatch(batch));
        Update();
        return loss;
    }

    /// <inheritdoc/>
    public double Gradient(TrainingBatch batch, Span<float> gradient)
    {
        BatchChecks.RequireLength("gradient", gradient.Length, _layout.Values);
        double loss = ComputeGradient(batch, CheckBatch(batch));
        _gradient.Read(gradient);
        return loss;
    }

    /// <inheritdoc/>
    public void CopyTo(Network network) => _weights.Read(network.Values);

    /// <inheritdoc/>
    public void Dispose()
    {
        _trunk.Dispose();
        _tape.Dispose();
        _tower?.Dispose();
        _batches.Dispose();
        _weights.Dispose();
        _gradient.Dispose();
        _firstMoment.Dispose();
        _secondMoment.Dispose();
        _copies.Dispose();
        _squares.Dispose();
        _coefficients.Dispose();
        _losses.Dispose();
    }

    private static float[] Fields(NoiseLevel level) =>
    [
        (float)level.Alpha,
        (float)level.Sigma,
        (float)level.TargetClean,
        (float)level.TargetNoise,
        (float)level.Weight,
    ];

    private DeviceArray<float> Zeros(int length)
    {
        DeviceArray<float> array = _machine.Allocate<float>(length);
        array.Clear();
        return array;
    }

    /// <summary>Samples of a part: whole tiles of 64, so that drawing starts at a tile.</summary>
    private int PartSize()
    {
        int rows = Math.Max(_trunk.InputRows, _trunk.DeltaRows);
        int tiles = Math.Max(1, TapeFloats / rows / _plan.Tiling.Columns);
        int samples = tiles * _plan.Tiling.Samples / _passes;
        return Math.Max(1, samples / 64) * 64;
    }

    private int CheckBatch(TrainingBatch batch)
    {
        int count = BatchChecks.CountPoints("clean", batch.Clean.Length, _layout.Architecture.Dimension);
        TrainingChecks.RequireBatch(_objective, batch, count);
        return count;
    }

    private double ComputeGradient(TrainingBatch? batch, int batchSize)
    {
        float[] losses = new float[Math.Min(_part, batchSize) * _passes];
        double loss = 0;
        _tower?.Forward(_weights.View);
        for (int first = 0; first < batchSize; first += _part)
        {
            int count = Math.Min(_part, batchSize - first);
            _batches.Load(batch, (uint)StepsDone, first, count);
            DeviceArray<float> target = _losses.Of(losses.Length);
            PassTrunk(target.View, count, 1f / batchSize);
            bool accumulate = first > 0;
            _tape.SumGradients(_copies.View, _ranges, _layout.Values, accumulate);
            _tower?.Scatter(_batches.HostLevels, _tape.Deltas, _tape.Stride, accumulate);
            target.Read(losses.AsSpan(0, count * _passes));
            foreach (float value in losses.AsSpan(0, count * _passes))
            {
                loss += value;
            }
        }

        _tower?.Backward(_weights.View, _copies.View, _ranges);
        GradientSum.Launch(
            _machine,
            new LaunchShape(_shares, GradientSumKernel.GroupSize, GradientSumKernel.LocalBytes),
            _copies.View,
            _ranges,
            _gradient.View,
            _squares.View,
            _layout.Values);
        return loss / batchSize;
    }

    private void PassTrunk(View<float> losses, int count, float scale)
    {
        int items = checked(count * _passes);
        int dimension = _layout.Architecture.Dimension;
        _tape.Prepare(items);
        if (_objective is DenoisingObjective)
        {
            LayerLayout first = _trunk.Layers[0];
            Denoising.Launch(
                _machine,
                _plan.For(items),
                _weights.View,
                _trunk.View,
                _trunk.Count,
                _tower is null ? _weights.View.SubView(first.Bias, first.Rows) : _tower.Table,
                _tower is null ? 0 : 1,
                _coefficients.View,
                _batches.Clean,
                _batches.Noise,
                _batches.Levels,
                _tape.Before,
                _tape.After,
                _tape.Deltas,
                losses,
                scale,
                count,
                dimension,
                _tape.Stride,
                _plan.Tiling);
            return;
        }

        ScoreMatching.Launch(
            _machine,
            _plan.For(items),
            _weights.View,
            _trunk.View,
            _trunk.Count,
            _batches.Clean,
            _batches.Noise,
            _objective is SlicedObjective ? 1 : 0,
            _passes,
            _tape.Before,
            _tape.After,
            _tape.Deltas,
            losses,
            scale,
            count,
            dimension,
            _tape.Stride,
            _plan.Tiling);
    }

    private void Update()
    {
        StepsDone++;
        double correction1 = 1 - Math.Pow(_options.Beta1, StepsDone);
        double correction2 = 1 - Math.Pow(_options.Beta2, StepsDone);
        var rates = new AdamRates(
            (float)_options.Beta1,
            (float)_options.Beta2,
            (float)(1 - _options.Beta1),
            (float)(1 - _options.Beta2),
            (float)(_learningRate / correction1),
            (float)(1 / Math.Sqrt(correction2)),
            (float)_options.Epsilon,
            (float)_options.ClipNorm,
            double.IsInfinity(_options.ClipNorm) ? 0 : 1);
        var shape = LaunchShape.Covering(_layout.Values, AdamStepKernel.GroupSize);
        AdamStep.Launch(
            _machine,
            shape with { Groups = Math.Min(AdamGroups, shape.Groups) },
            _weights.View,
            _gradient.View,
            _firstMoment.View,
            _secondMoment.View,
            _squares.View,
            _shares,
            _layout.Values,
            rates);
    }
}
