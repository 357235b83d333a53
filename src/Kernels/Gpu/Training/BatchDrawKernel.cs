namespace ScoreGpu.Kernels.Gpu;

/// <summary>Draws a training batch where it is needed: x₀ from a mixture or a table, ε or probes, and levels.</summary>
/// <remarks>
/// A work-item a sample. A draw is a function of (sample, step, draw, stream) and the seed, so that nothing is kept, and
/// the batch is that of every other device: words and choices to the bit, normals to rounding.
/// <code>
///   (sample, step) ──▶ normals ────────────▶ z ──▶ μₖ + Lₖ·z      x₀ of a mixture
///                └───▶ a uniform word ─────▶ k                     its component; or the row of a table
///                └───▶ normals ────────────▶ ε, or their signs     noise
///                └───▶ a uniform word ─────▶ ⌊levels · u⌋          the level
/// </code>
/// </remarks>
public static class BatchDrawKernel
{
    /// <summary>The number of work-items in a group.</summary>
    public const int GroupSize = 64;

    /// <summary>Noise: none, and no levels.</summary>
    public const int NoNoise = 0;

    /// <summary>Noise: standard normals.</summary>
    public const int NormalNoise = 1;

    /// <summary>Noise: ±1, the signs of standard normals.</summary>
    public const int SignNoise = 2;

    /// <summary>x₀ = μₖ + Lₖ·z, noise and levels.</summary>
    /// <param name="thresholds">The cumulated weights of all components but the last, as words, [components − 1].</param>
    /// <param name="means">μ, [components, dimension].</param>
    /// <param name="factors">L, [components, dimension, dimension], lower triangular.</param>
    /// <param name="clean">Receives x₀, [count, dimension].</param>
    /// <param name="noise">Receives the noise, [count, dimension].</param>
    /// <param name="levels">Receives the levels, uniform below <paramref name="levelCount"/>, [count].</param>
    /// <param name="count">The number of samples.</param>
    /// <param name="components">The number of components.</param>
    /// <param name="dimension">D.</param>
    /// <param name="levelCount">The number of levels.</param>
    /// <param name="noiseKind">Which noise.</param>
    /// <param name="firstSample">The index of the first sample in its step.</param>
    /// <param name="step">The training step.</param>
    /// <param name="seed">The key.</param>
    [Kernel(GroupSize = GroupSize)]
    [KernelCost(
        "sample",
        Flops = "dimension * (23 + dimension)",
        Bytes = "8 * dimension + 4 + 4 * components + 2 * dimension * (dimension + 1)")]
    public static void Mixture(
        UIntView thresholds,
        FloatView means,
        FloatView factors,
        FloatView clean,
        FloatView noise,
        IntView levels,
        int count,
        int components,
        int dimension,
        int levelCount,
        int noiseKind,
        uint firstSample,
        uint step,
        ulong seed)
    {
        int n = (Grid.IdxX * Group.DimX) + Group.IdxX;
        if (n >= count)
        {
            return;
        }

        uint word = Uniform(firstSample + (uint)n, step, PhiloxStreams.TrainingData, seed);
        int component = 0;
        for (int k = 0; k < components - 1; k++)
        {
            component += word >= thresholds[k] ? 1 : 0;
        }

        FloatView z = clean.SubView(n * dimension, dimension);
        FloatNormals.Fill(z, dimension, firstSample + (uint)n, step, PhiloxStreams.TrainingData, seed);

        // From the last entry up, so that each still finds the normals that it needs.
        int factor = component * dimension * dimension;
        for (int i = dimension - 1; i >= 0; i--)
        {
            float sum = means[(component * dimension) + i];
            for (int j = 0; j <= i; j++)
            {
                sum = MathF.FusedMultiplyAdd(factors[factor + (i * dimension) + j], z[j], sum);
            }

            z[i] = sum;
        }

        FillNoise(noise, levels, n, dimension, levelCount, noiseKind, firstSample, step, seed);
    }

    /// <summary>x₀, a row of a table, each as likely as the others; noise and levels.</summary>
    /// <param name="points">The table, [rows, dimension].</param>
    /// <param name="clean">Receives x₀, [count, dimension].</param>
    /// <param name="noise">Receives the noise, [count, dimension].</param>
    /// <param name="levels">Receives the levels, uniform below <paramref name="levelCount"/>, [count].</param>
    /// <param name="count">The number of samples.</param>
    /// <param name="rows">The rows of the table.</param>
    /// <param name="dimension">D.</param>
    /// <param name="levelCount">The number of levels.</param>
    /// <param name="noiseKind">Which noise.</param>
    /// <param name="firstSample">The index of the first sample in its step.</param>
    /// <param name="step">The training step.</param>
    /// <param name="seed">The key.</param>
    [Kernel(GroupSize = GroupSize)]
    [KernelCost("sample", Flops = "11 * dimension", Bytes = "12 * dimension + 4")]
    public static void Points(
        FloatView points,
        FloatView clean,
        FloatView noise,
        IntView levels,
        int count,
        int rows,
        int dimension,
        int levelCount,
        int noiseKind,
        uint firstSample,
        uint step,
        ulong seed)
    {
        int n = (Grid.IdxX * Group.DimX) + Group.IdxX;
        if (n < count)
        {
            int row = Below(rows, Uniform(firstSample + (uint)n, step, PhiloxStreams.TrainingData, seed));
            for (int d = 0; d < dimension; d++)
            {
                clean[(n * dimension) + d] = points[(row * dimension) + d];
            }

            FillNoise(noise, levels, n, dimension, levelCount, noiseKind, firstSample, step, seed);
        }
    }

    /// <summary>Noise and levels alone.</summary>
    /// <param name="noise">Receives the noise, [count, dimension].</param>
    /// <param name="levels">Receives the levels, uniform below <paramref name="levelCount"/>, [count].</param>
    /// <param name="count">The number of samples.</param>
    /// <param name="dimension">D.</param>
    /// <param name="levelCount">The number of levels.</param>
    /// <param name="noiseKind">Which noise.</param>
    /// <param name="firstSample">The index of the first sample in its step.</param>
    /// <param name="step">The training step.</param>
    /// <param name="seed">The key.</param>
    [Kernel(GroupSize = GroupSize)]
    [KernelCost("sample", Flops = "11 * dimension", Bytes = "4 * dimension + 4")]
    public static void Noise(
        FloatView noise,
        IntView levels,
        int count,
        int dimension,
        int levelCount,
        int noiseKind,
        uint firstSample,
        uint step,
        ulong seed)
    {
        int n = (Grid.IdxX * Group.DimX) + Group.IdxX;
        if (n < count)
        {
            FillNoise(noise, levels, n, dimension, levelCount, noiseKind, firstSample, step, seed);
        }
    }

    private static void FillNoise(
        FloatView noise,
        IntView levels,
        int n,
        int dimension,
        int levelCount,
        int noiseKind,
        uint firstSample,
        uint step,
        ulong seed)
    {
        if (noiseKind == NoNoise)
        {
            return;
        }

        levels[n] = Below(levelCount, Uniform(firstSample + (uint)n, step, PhiloxStreams.TrainingNoise, seed));
        FloatView z = noise.SubView(n * dimension, dimension);
        FloatNormals.Fill(z, dimension, firstSample + (uint)n, step, PhiloxStreams.TrainingNoise, seed);
        if (noiseKind == SignNoise)
        {
            for (int d = 0; d < dimension; d++)
            {
                z[d] = z[d] < 0f ? -1f : 1f;
            }
        }
    }

    private static uint Uniform(uint sample, uint step, uint stream, ulong seed)
    {
        (uint word, uint _, uint _, uint _) = Philox.Next(
            sample, step, PhiloxStreams.FirstUniformDraw, stream, (uint)seed, (uint)(seed >> 32));
        return word;
    }

    /// <summary>⌊count · u⌋ with u = word / 2³².</summary>
    private static int Below(int count, uint word) => (int)(((ulong)word * (uint)count) >> 32);
}
