using ScoreGpu.Engine.Drawing;
using ScoreGpu.Engine.Likelihoods;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Kernels.Dialect;
using ScoreGpu.Kernels.Gpu;

namespace ScoreGpu.Engine.Devices.Kernel;

/// <summary>A network on a machine that runs kernels: a batch goes over in parts, each part is one launch.</summary>
internal sealed class KernelNetwork : DeviceNetwork
{
    /// <summary>The most floats of one array of a part.</summary>
    private const int PartFloats = 1 << 23;

    private readonly DeviceArray<float> _weights;
    private readonly GrowingArray<float> _points;
    private readonly GrowingArray<float> _vectors;
    private readonly GrowingArray<float> _results;
    private readonly GrowingArray<float> _before;
    private readonly GrowingArray<float> _scratch;
    private readonly GrowingArray<int> _levels;

    /// <summary>Copies the weights.</summary>
    public KernelNetwork(KernelMachine machine, Network network)
        : base(network.Architecture)
    {
        Machine = machine;
        Layout = new ChainLayout(network);
        _weights = machine.Copy<float>(network.Values);
        Trunk = new ChainTable(machine, Layout.Trunk, true);
        Biases = new BiasTables(machine, network, Layout, _weights.View);
        _points = new GrowingArray<float>(machine);
        _vectors = new GrowingArray<float>(machine);
        _results = new GrowingArray<float>(machine);
        _before = new GrowingArray<float>(machine);
        _scratch = new GrowingArray<float>(machine);
        _levels = new GrowingArray<int>(machine);
    }

    /// <summary>Where it is.</summary>
    internal KernelMachine Machine { get; }

    /// <summary>The layers.</summary>
    internal ChainLayout Layout { get; }

    /// <summary>The trunk on the device.</summary>
    internal ChainTable Trunk { get; }

    /// <summary>The first bias for lists of levels.</summary>
    internal BiasTables Biases { get; }

    /// <summary>From a row of such a table to the next: 0 where all levels share one.</summary>
    internal int TableStep => Layout.Tower.Count == 0 ? 0 : Layout.Architecture.Hidden;

    /// <summary>All weights on the device.</summary>
    internal View<float> Weights => _weights.View;

    /// <inheritdoc/>
    public override void Dispose()
    {
        Biases.Dispose();
        Trunk.Dispose();
        _weights.Dispose();
        _points.Dispose();
        _vectors.Dispose();
        _results.Dispose();
        _before.Dispose();
        _scratch.Dispose();
        _levels.Dispose();
    }

    /// <inheritdoc/>
    protected override void Map(
        NetworkQuantity quantity,
        int count,
        ReadOnlySpan<float> points,
        ReadOnlySpan<float> conditions,
        ReadOnlySpan<float> vectors,
        Span<float> results)
    {
        int resultSize = quantity == NetworkQuantity.Divergence ? 1 : Dimension;
        bool takesVectors = quantity is NetworkQuantity.JacobianVector or NetworkQuantity.VectorJacobian;
        TilePlan plan = Plan(quantity, count);
        bool shared = Layout.Tower.Count == 0 || conditions.Length == 1;
        View<float> table = shared ? Biases.Of(conditions) : default;
        int part = PartSize(quantity, plan, shared);
        for (int first = 0; first < count; first += part)
        {
            int some = Math.Min(part, count - first);
            View<int> levels = Biases.Zero;
            if (!shared)
            {
                List<float> distinct = [];
                levels = _levels.Write(Distinct(conditions.Slice(first, some), distinct));
                table = Biases.Of(distinct.ToArray());
            }

            View<float> x = _points.Write(points.Slice(first * Dimension, some * Dimension));
            View<float> v = takesVectors ? _vectors.Write(vectors.Slice(first * Dimension, some * Dimension)) : default;
            DeviceArray<float> y = _results.Of(some * resultSize);
            Launch(quantity, plan, table, levels, shared ? 0 : 1, x, v, y.View, some);
            y.Read(results.Slice(first * resultSize, some * resultSize));
        }
    }

    /// <inheritdoc/>
    protected override SampleResult Run(StepProgram program, SampleRequest request, TrajectoryCanvas? canvas)
    {
        using var sampling = new KernelSampling(this, program, request, canvas);
        return sampling.Run();
    }

    /// <inheritdoc/>
    protected override TraceResult Run(LikelihoodProgram program, TraceRequest request)
    {
        using var tracing = new KernelTracing(this, program, request);
        return tracing.Run();
    }

    private static int[] Distinct(ReadOnlySpan<float> conditions, List<float> distinct)
    {
        var places = new Dictionary<float, int>();
        int[] levels = new int[conditions.Length];
        for (int n = 0; n < levels.Length; n++)
        {
            if (!places.TryGetValue(conditions[n], out int place))
            {
                place = distinct.Count;
                places.Add(conditions[n], place);
                distinct.Add(conditions[n]);
            }

            levels[n] = place;
        }

        return levels;
    }

    private TilePlan Plan(NetworkQuantity quantity, int count) => quantity switch
    {
        NetworkQuantity.JacobianVector =>
            TilePlan.Choose(Machine, Trunk, count, 1, TangentKernel.ExtraPerColumn(Dimension)),
        NetworkQuantity.Divergence =>
            TilePlan.Choose(Machine, Trunk, count, Dimension, TangentKernel.ExtraPerColumn(Dimension)),
        _ => TilePlan.Choose(Machine, Trunk, count, 0, EvaluateKernel.ExtraPerColumn(Dimension, Dimension)),
    };

    private int PartSize(NetworkQuantity quantity, TilePlan plan, bool shared)
    {
        int row = Math.Max(Dimension, shared ? 1 : Architecture.Hidden);
        if (quantity == NetworkQuantity.VectorJacobian)
        {
            row = Math.Max(row, Math.Max(Trunk.InputRows, Trunk.DeltaRows));
        }

        int tiles = Math.Max(1, PartFloats / row / plan.Tiling.Samples);
        return tiles * plan.Tiling.Samples;
    }

    private void Launch(
        NetworkQuantity quantity,
        TilePlan plan,
        View<float> table,
        View<int> levels,
        int levelStep,
        View<float> x,
        View<float> v,
        View<float> y,
        int count)
    {
        switch (quantity)
        {
            case NetworkQuantity.Value:
                EvaluateValues.Launch(
                    Machine, plan.For(count), Weights, Trunk.View, Trunk.Count, table, levels, levelStep, x, y, count,
                    Dimension, Dimension, plan.Tiling);
                break;
            case NetworkQuantity.JacobianVector:
                TangentJacobianVector.Launch(
                    Machine, plan.For(count), Weights, Trunk.View, Trunk.Count, table, levels, levelStep, x, v, y,
                    count, Dimension, plan.Tiling);
                break;
            case NetworkQuantity.Divergence:
                TangentDivergence.Launch(
                    Machine, plan.For(count), Weights, Trunk.View, Trunk.Count, table, levels, levelStep, x, y, count,
                    Dimension, plan.Tiling);
                break;
            default:
                int stride = plan.TilesFor(count) * plan.Tiling.Columns;
                int rows = Math.Max(Trunk.InputRows, Trunk.DeltaRows);
                ChainGradientVectorJacobian.Launch(
                    Machine, plan.For(count), Weights, Trunk.View, Trunk.Count, table, levels, levelStep, x, v, y,
                    _before.Of(rows * stride).View, _scratch.Of(rows * stride).View, count, Dimension, stride,
                    plan.Tiling);
                break;
        }
    }
}
