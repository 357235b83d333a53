using ScoreGpu.Engine.Networks;
using ScoreGpu.Kernels.Dialect;
using ScoreGpu.Kernels.Gpu;

namespace ScoreGpu.Engine.Devices.Kernel;

/// <summary>The tower of levels under training: the bias table of every level forward, its gradient backward.</summary>
/// <remarks>
/// The levels are the tower's samples. The trunk's first δ, summed over the samples of each level, is the gradient of the
/// table; backward it goes to the tower's weights and to the learned embedding.
/// </remarks>
internal sealed class TowerTraining : IDisposable
{
    private readonly KernelMachine _machine;
    private readonly ChainLayout _layout;
    private readonly ChainTable _chain;
    private readonly TilePlan _plan;
    private readonly TapeBuffers _tape;
    private readonly DeviceArray<float>? _features;
    private readonly DeviceArray<int> _featureRows;
    private readonly DeviceArray<float> _table;
    private readonly DeviceArray<float> _tableGradient;
    private readonly DeviceArray<float> _featureGradient;
    private readonly KeyIndex _samplesOfLevel;
    private readonly KeyIndex? _levelsOfStep;
    private readonly bool _hasEveryStep;
    private readonly int _levels;

    /// <summary>Allocates for a list of levels.</summary>
    public TowerTraining(KernelMachine machine, ChainLayout layout, float[] conditions)
    {
        _machine = machine;
        _layout = layout;
        _levels = conditions.Length;
        _chain = new ChainTable(machine, layout.Tower, true);
        _plan = TilePlan.Choose(
            machine, _chain, _levels, 0, ChainGradientKernel.ExtraPerColumn(_chain.Inputs, _chain.Outputs));
        _tape = new TapeBuffers(machine, _chain, _plan);
        _tape.Prepare(_levels);
        _table = machine.Allocate<float>(checked(_levels * _chain.Outputs));
        _tableGradient = machine.Allocate<float>(_table.Length);
        _featureGradient = machine.Allocate<float>(checked(_levels * _chain.Inputs));
        _samplesOfLevel = new KeyIndex(machine, _levels);
        if (layout.Architecture.Conditioning is LearnedEmbedding learned)
        {
            int[] steps = [.. conditions.Select(condition => (int)condition)];
            _featureRows = machine.Copy<int>(steps);
            _hasEveryStep = steps.SequenceEqual(Enumerable.Range(0, learned.Steps));
            if (!_hasEveryStep)
            {
                _levelsOfStep = new KeyIndex(machine, learned.Steps);
                _levelsOfStep.Sort(steps);
            }
        }
        else
        {
            var computed = (ComputedFeatures)layout.Architecture.Conditioning;
            _features = machine.Copy<float>(LevelFeatures.Of(computed, conditions));
            _featureRows = machine.Copy<int>([.. Enumerable.Range(0, _levels)]);
        }
    }

    /// <summary>b₁ of each level, [levels, H].</summary>
    public View<float> Table => _table.View;

    /// <summary>Computes the table.</summary>
    public void Forward(View<float> weights) =>
        ChainGradientForward.Launch(
            _machine,
            _plan.For(_levels),
            weights,
            _chain.View,
            _chain.Count,
            _features is null ? Embedding(weights) : _features.View,
            _featureRows.View,
            _tape.Before,
            _tape.After,
            Table,
            _levels,
            _chain.Inputs,
            _chain.Outputs,
            _tape.Stride,
            _plan.Tiling);

    /// <summary>Sums the trunk's first δ, [H, stride], by level.</summary>
    public void Scatter(ReadOnlySpan<int> levels, View<float> deltas, int stride, bool accumulate)
    {
        _samplesOfLevel.Sort(levels);
        _samplesOfLevel.Sum(deltas, 1, stride, _tableGradient.View, _chain.Outputs, accumulate);
    }

    /// <summary>Carries the table's gradient back to the tower's weights and the embedding.</summary>
    /// <remarks>Where level t is step t, as in DDPM, the gradient of the features is that of the embedding.</remarks>
    public void Backward(View<float> weights, View<float> copies, int ranges)
    {
        ChainGradientBackward.Launch(
            _machine,
            _plan.For(_levels),
            weights,
            _chain.View,
            _chain.Count,
            _tableGradient.View,
            _tape.Before,
            _tape.Deltas,
            _hasEveryStep ? Embedding(copies) : _featureGradient.View,
            _levels,
            _chain.Inputs,
            _chain.Outputs,
            _tape.Stride,
            _plan.Tiling);
        _tape.SumGradients(copies, ranges, _layout.Values, false);
        _levelsOfStep?.Sum(
            _featureGradient.View, _chain.Inputs, 1, Embedding(copies), _chain.Inputs, false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _chain.Dispose();
        _tape.Dispose();
        _features?.Dispose();
        _featureRows.Dispose();
        _table.Dispose();
        _tableGradient.Dispose();
        _featureGradient.Dispose();
        _samplesOfLevel.Dispose();
        _levelsOfStep?.Dispose();
    }

    private View<float> Embedding(View<float> values)
    {
        var learned = (LearnedEmbedding)_layout.Architecture.Conditioning;
        return values.SubView(_layout.Embedding!.Value, learned.Steps * learned.Width);
    }
}
