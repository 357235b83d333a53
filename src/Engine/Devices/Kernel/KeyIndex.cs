using ScoreGpu.Kernels.Dialect;
using ScoreGpu.Kernels.Gpu;

namespace ScoreGpu.Engine.Devices.Kernel;

/// <summary>Items sorted by key on the host, for sums over the items of each key on the device; see
/// <see cref="KeySumKernel"/>.</summary>
/// <param name="machine">The device.</param>
/// <param name="keys">The number of keys.</param>
internal sealed class KeyIndex(KernelMachine machine, int keys) : IDisposable
{
    private const int MostGroups = 1024;

    private readonly GrowingArray<int> _items = new(machine);
    private readonly DeviceArray<int> _starts = machine.Allocate<int>(keys + 1);
    private readonly int[] _begin = new int[keys + 1];
    private readonly int[] _next = new int[keys];
    private int[] _sorted = [];

    /// <summary>Sorts: the items of a key stay in their order.</summary>
    /// <param name="keyOfItem">The key of each item.</param>
    public void Sort(ReadOnlySpan<int> keyOfItem)
    {
        if (_sorted.Length < keyOfItem.Length)
        {
            _sorted = new int[keyOfItem.Length];
        }

        Array.Clear(_begin);
        foreach (int key in keyOfItem)
        {
            _begin[key + 1]++;
        }

        for (int key = 0; key < keys; key++)
        {
            _begin[key + 1] += _begin[key];
            _next[key] = _begin[key];
        }

        for (int item = 0; item < keyOfItem.Length; item++)
        {
            _sorted[_next[keyOfItem[item]]++] = item;
        }

        _starts.Write(_begin);
        _items.Write(_sorted.AsSpan(0, keyOfItem.Length));
    }

    /// <summary>sums[key, f] = Σ source[item, f], or adds to what is there.</summary>
    public void Sum(
        View<float> source, int itemStep, int featureStep, View<float> sums, int features, bool accumulate)
    {
        var shape = LaunchShape.Covering(checked(keys * features), KeySumKernel.GroupSize);
        KeySum.Launch(
            machine,
            shape with { Groups = Math.Min(MostGroups, shape.Groups) },
            source,
            itemStep,
            featureStep,
            _items.Of(1).View,
            _starts.View,
            sums,
            keys,
            features,
            accumulate ? 1 : 0);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _items.Dispose();
        _starts.Dispose();
    }
}
