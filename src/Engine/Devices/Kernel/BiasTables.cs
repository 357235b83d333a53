using ScoreGpu.Engine.Networks;
using ScoreGpu.Kernels.Dialect;
using ScoreGpu.Kernels.Gpu;

namespace ScoreGpu.Engine.Devices.Kernel;

/// <summary>The trunk's first bias for lists of levels, b₁(t) = W₁,ₜ·emb(t) + b₁, computed by the tower on the device.
/// </summary>
internal sealed class BiasTables : IDisposable
{
    private readonly KernelMachine _machine;
    private readonly ChainLayout _layout;
    private readonly View<float> _weights;
    private readonly ChainTable? _tower;
    private readonly float[] _embedding;
    private readonly GrowingArray<float> _features;
    private readonly GrowingArray<float> _table;
    private readonly DeviceArray<int> _zero;

    /// <summary>Prepares the tower.</summary>
    public BiasTables(KernelMachine machine, Network network, ChainLayout layout, View<float> weights)
    {
        _machine = machine;
        _layout = layout;
        _weights = weights;
        _features = new GrowingArray<float>(machine);
        _table = new GrowingArray<float>(machine);
        _zero = machine.Copy<int>([0]);
        _embedding = layout.Embedding is int offset && layout.Architecture.Conditioning is LearnedEmbedding learned
            ? network.Values.AsSpan(offset, learned.Steps * learned.Width).ToArray()
            : [];
        if (layout.Tower.Count > 0)
        {
            _tower = new ChainTable(machine, layout.Tower, true);
        }
    }

    /// <summary>One index, zero: for samples that share a level.</summary>
    public View<int> Zero => _zero.View;

    /// <summary>The table, [levels, H]; the bias itself for an unconditional network. Valid until the next call.</summary>
    public View<float> Of(ReadOnlySpan<float> conditions)
    {
        if (_tower is null)
        {
            LayerLayout first = _layout.Trunk[0];
            return _weights.SubView(first.Bias, first.Rows);
        }

        DeviceArray<float> table = _table.Of(checked(conditions.Length * _tower.Outputs));
        if (conditions.Length > 0)
        {
            var plan = TilePlan.Choose(
                _machine, _tower, conditions.Length, 0, EvaluateKernel.ExtraPerColumn(_tower.Inputs, _tower.Outputs));
            EvaluateValues.Launch(
                _machine,
                plan.For(conditions.Length),
                _weights,
                _tower.View,
                _tower.Count,
                _weights.SubView(_tower.Layers[0].Bias, _tower.FirstRows),
                Zero,
                0,
                _features.Write(LevelFeatures.Of(_layout.Architecture.Conditioning, _embedding, conditions)),
                table.View,
                conditions.Length,
                _tower.Inputs,
                _tower.Outputs,
                plan.Tiling);
        }

        return table.View;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _tower?.Dispose();
        _features.Dispose();
        _table.Dispose();
        _zero.Dispose();
    }
}
