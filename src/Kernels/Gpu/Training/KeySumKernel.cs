namespace ScoreGpu.Kernels.Gpu;

/// <summary>Sums of rows that share a key, without atomics: the gradients of tables that samples look up.</summary>
/// <remarks>
/// The host has sorted the items by key; a work-item owns one feature of one key and adds its items in their order:
/// <code>
///   items    4 0 2 | 5 | 1 3       starts  0 3 4 6
///   key        0     1    2        sums[2, f] = source[1, f] + source[3, f]
/// </code>
/// Used for the bias table (the first layer's δ by level) and for the learned embedding (its gradient by step).
/// </remarks>
public static class KeySumKernel
{
    /// <summary>The number of work-items in a group.</summary>
    public const int GroupSize = 64;

    /// <summary>sums[key, f] (+)= Σ source[item, f] over the items of the key.</summary>
    /// <param name="source">The rows; item i, feature f is at i·itemStep + f·featureStep.</param>
    /// <param name="itemStep">From an item to the next.</param>
    /// <param name="featureStep">From a feature to the next.</param>
    /// <param name="items">The items, sorted by key.</param>
    /// <param name="starts">Where each key's items start, and the end of the last, [keys + 1].</param>
    /// <param name="sums">Receives the sums, [keys, features].</param>
    /// <param name="keys">The number of keys.</param>
    /// <param name="features">The number of features.</param>
    /// <param name="accumulate">1 adds to what is there.</param>
    [Kernel(GroupSize = GroupSize)]
    [KernelCost("item", Flops = "features", Bytes = "4 * features + 4")]
    public static void Run(
        FloatView source,
        int itemStep,
        int featureStep,
        IntView items,
        IntView starts,
        FloatView sums,
        int keys,
        int features,
        int accumulate)
    {
        int i = (Grid.IdxX * Group.DimX) + Group.IdxX;
        while (i < keys * features)
        {
            int key = i / features;
            int feature = i % features;
            float sum = 0f;
            if (accumulate != 0)
            {
                sum = sums[i];
            }

            for (int at = starts[key]; at < starts[key + 1]; at++)
            {
                sum += source[(items[at] * itemStep) + (feature * featureStep)];
            }

            sums[i] = sum;
            i += Grid.DimX * Group.DimX;
        }
    }
}
