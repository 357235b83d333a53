using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Training;
using ScoreGpu.Kernels;
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
/// An unconditional network takes four launches. The weights' average takes one more. Large batches go through 2 and 3 in parts. Batches are drawn on the
/// host; every sum on the device has a fixed order, so the same steps give the same bits.
/// </remarks>
internal sealed class KernelTrainer : DeviceTrainer
{
    /// <summary>The most floats of a tape.</summary>
    private const int TapeFloats = 1 << 24;

    /// <summary>Columns of the tape that one group sums a piece of the gradient over.</summary>
    private const int ColumnsOfRange = 128;

    private const int MostRanges = 64;

    private readonly KernelMachine _machine;
    private readonly ChainTable _trunk;
    private readonly TilePlan _plan;
    private readonly TapeBuffers _tape;
    private readonly TowerTraining? _tower;
    private readonly TrainingBatches _batches;
    private readonly KernelOptimiser _optimiser;
    private readonly DeviceArray<float> _weights;
    private readonly DeviceArray<float> _gradient;
    private readonly DeviceArray<float> _copies;
    private readonly DeviceArray<float> _squares;
    private readonly DeviceArray<float> _coefficients;
    private readonly GrowingArray<float> _losses;
    private readonly int _passes;
    private readonly int _ranges;
    private readonly int _shares;
    private readonly int _part;

    /// <summary>Checks the arguments, copies the weights and allocates.</summary>
    public KernelTrainer(
        KernelMachine machine, Network network, Objective objective, TrainingData data, TrainingOptions options)
        : base(network, objective, data, options)
    {
        _machine = machine;
        var layout = new ChainLayout(network);
        _batches = new TrainingBatches(machine, objective, data, options);
        bool hasTower = layout.Tower.Count > 0;
        int dimension = network.Architecture.Dimension;
        _trunk = new ChainTable(machine, layout.Trunk, !hasTower);
        _plan = TilePlan.Choose(
            machine, _trunk, options.BatchSize, Tangents, DenoisingKernel.ExtraPerColumn(dimension));
        _passes = Tangents == 0 ? 1 : (Tangents + _plan.Tiling.Lanes - 2) / (_plan.Tiling.Lanes - 1);
        _tape = new TapeBuffers(machine, _trunk, _plan);
        _part = PartSize();
        long columns = (long)Math.Min(_part, options.BatchSize) * _passes * _plan.Tiling.Lanes;
        _ranges = (int)Math.Clamp(
            Math.Min(columns / ColumnsOfRange, machine.BusyGroups / _tape.PieceCount), 1, MostRanges);
        _shares = Math.Min(GradientSumKernel.MostGroups, machine.BusyGroups);
        _weights = machine.Copy<float>(network.Values);
        _gradient = machine.Allocate<float>(WeightCount);
        _copies = machine.Zeros(checked(WeightCount * _ranges));
        _squares = machine.Allocate<float>(_shares);
        _optimiser = new KernelOptimiser(
            machine, _weights, _gradient, _squares, options.Average is null ? [] : network.Values);
        _coefficients = machine.Copy<float>([.. Levels.SelectMany(Fields)]);
        _losses = new GrowingArray<float>(machine);
        if (hasTower)
        {
            _tower = new TowerTraining(machine, layout, [.. Levels.Select(level => (float)level.Condition)]);
        }
    }

    /// <inheritdoc/>
    public override void CopyTo(Network network) => _weights.Read(network.Values);

    /// <inheritdoc/>
    public override bool TryCopyAverageTo(Network network)
    {
        _optimiser.Average?.Read(network.Values);
        return _optimiser.Average is not null;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _trunk.Dispose();
        _tape.Dispose();
        _tower?.Dispose();
        _batches.Dispose();
        _optimiser.Dispose();
        _weights.Dispose();
        _gradient.Dispose();
        _copies.Dispose();
        _squares.Dispose();
        _coefficients.Dispose();
        _losses.Dispose();
    }

    /// <inheritdoc/>
    protected override void ReadGradient(Span<float> gradient) => _gradient.Read(gradient);

    /// <inheritdoc/>
    protected override void Update(in AdamRates rates, float averageShare) =>
        _optimiser.Update(rates, averageShare);

    /// <inheritdoc/>
    protected override double ComputeGradient(TrainingBatch? batch, int batchSize)
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
            _tape.SumGradients(_copies.View, _ranges, WeightCount, accumulate);
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
            WeightCount);
        return loss / batchSize;
    }

    private static float[] Fields(NoiseLevel level) =>
    [
        (float)level.Alpha,
        (float)level.Sigma,
        (float)level.TargetClean,
        (float)level.TargetNoise,
        (float)level.Weight,
    ];

    /// <summary>Samples of a part: whole tiles of 64, so that drawing starts at a tile.</summary>
    private int PartSize()
    {
        int rows = Math.Max(_trunk.InputRows, _trunk.DeltaRows);
        int tiles = Math.Max(1, TapeFloats / rows / _plan.Tiling.Columns);
        int samples = tiles * _plan.Tiling.Samples / _passes;
        return Math.Max(1, samples / 64) * 64;
    }

    private void PassTrunk(View<float> losses, int count, float scale)
    {
        int items = checked(count * _passes);
        int dimension = Architecture.Dimension;
        _tape.Prepare(items);
        if (Objective is DenoisingObjective)
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
            Objective switch
            {
                SlicedObjective { ReducesVariance: true } => ScoreMatchingKernel.Sliced,
                SlicedObjective => ScoreMatchingKernel.SlicedByProjection,
                _ => ScoreMatchingKernel.Hyvarinen,
            },
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
}
