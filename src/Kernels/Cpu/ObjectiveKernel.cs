using System.Runtime.CompilerServices;

namespace ScoreGpu.Kernels.Cpu;

/// <summary>A noise level as the kernels read it; the loss of a sample is Weight · ‖y − (c₀·x₀ + c₁·ε)‖².</summary>
/// <param name="Alpha">α.</param>
/// <param name="Sigma">σ.</param>
/// <param name="TargetClean">c₀.</param>
/// <param name="TargetNoise">c₁.</param>
/// <param name="Weight">w.</param>
public readonly record struct LevelCoefficients(
    float Alpha, float Sigma, float TargetClean, float TargetNoise, float Weight);

/// <summary>Losses over a tile and their gradients with respect to the network's output.</summary>
/// <remarks>
/// A few elements a sample, beside thousands of multiply-adds: plain loops. Samples beyond
/// <c>samples</c> get a gradient of zero, so that they count for nothing further back. Gradients are of the mean over
/// the batch: <c>scale</c> is 1/N. The returned loss is the sum over the tile, in double, not yet divided.
/// </remarks>
public static unsafe class ObjectiveKernel
{
    /// <summary>x_t = α·x₀ + σ·ε, feature-major, with a level a sample.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Perturb(
        int dimension, float* clean, float* noise, int* levels, LevelCoefficients* table, float* x)
    {
        for (int n = 0; n < Tile.Width; n++)
        {
            var level = table[levels[n]];
            for (int i = n; i < dimension * Tile.Width; i += Tile.Width)
            {
                x[i] = (level.Alpha * clean[i]) + (level.Sigma * noise[i]);
            }
        }
    }

    /// <summary>w·‖y − target‖² and its gradient 2w·(y − target)·scale.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Denoising(
        int samples,
        int dimension,
        float* y,
        float* clean,
        float* noise,
        int* levels,
        LevelCoefficients* table,
        float scale,
        float* delta)
    {
        double loss = 0;
        new Span<float>(delta, dimension * Tile.Width).Clear();
        for (int n = 0; n < samples; n++)
        {
            var level = table[levels[n]];
            for (int i = n; i < dimension * Tile.Width; i += Tile.Width)
            {
                float error = y[i] - (level.TargetClean * clean[i]) - (level.TargetNoise * noise[i]);
                loss += (double)level.Weight * error * error;
                delta[i] = 2f * level.Weight * error * scale;
            }
        }

        return loss;
    }

    /// <summary>Σᵢ ∂sᵢ/∂xᵢ + ½‖s‖², where lane 1 + i of <paramref name="y"/> is the tangent along xᵢ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Hyvarinen(int samples, int dimension, float* y, float scale, float* delta)
    {
        int lane = dimension * Tile.Width;
        double loss = HalfSquare(samples, dimension, y, scale, delta);
        new Span<float>(delta + lane, dimension * lane).Clear();
        for (int i = 0; i < dimension; i++)
        {
            int diagonal = ((1 + i) * lane) + (i * Tile.Width);
            for (int n = 0; n < samples; n++)
            {
                loss += y[diagonal + n];
                delta[diagonal + n] = scale;
            }
        }

        return loss;
    }

    /// <summary>vᵀJv + ½‖s‖², where lane 1 of <paramref name="y"/> is the tangent J·v; or vᵀJv + ½(vᵀs)².</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Sliced(
        int samples, int dimension, float* y, float* probe, bool isProjected, float scale, float* delta)
    {
        int lane = dimension * Tile.Width;
        double loss = isProjected
            ? HalfSquareOfProjection(samples, dimension, y, probe, scale, delta)
            : HalfSquare(samples, dimension, y, scale, delta);
        for (int d = 0; d < dimension; d++)
        {
            for (int n = 0; n < Tile.Width; n++)
            {
                int i = (d * Tile.Width) + n;
                delta[lane + i] = n < samples ? probe[i] * scale : 0f;
                loss += n < samples ? (double)probe[i] * y[lane + i] : 0.0;
            }
        }

        return loss;
    }

    private static double HalfSquareOfProjection(
        int samples, int dimension, float* y, float* probe, float scale, float* delta)
    {
        double loss = 0;
        new Span<float>(delta, dimension * Tile.Width).Clear();
        for (int n = 0; n < samples; n++)
        {
            float projection = 0;
            for (int i = n; i < dimension * Tile.Width; i += Tile.Width)
            {
                projection += probe[i] * y[i];
            }

            loss += 0.5 * projection * projection;
            for (int i = n; i < dimension * Tile.Width; i += Tile.Width)
            {
                delta[i] = projection * probe[i] * scale;
            }
        }

        return loss;
    }

    private static double HalfSquare(int samples, int dimension, float* y, float scale, float* delta)
    {
        double loss = 0;
        for (int d = 0; d < dimension; d++)
        {
            for (int n = 0; n < Tile.Width; n++)
            {
                int i = (d * Tile.Width) + n;
                delta[i] = n < samples ? y[i] * scale : 0f;
                loss += n < samples ? 0.5 * y[i] * y[i] : 0.0;
            }
        }

        return loss;
    }
}
