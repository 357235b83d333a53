using System.Runtime.CompilerServices;
using ScoreGpu.Kernels.Cpu.Simd;

namespace ScoreGpu.Kernels.Cpu;

/// <summary>A Gaussian mixture as the tile kernel reads it.</summary>
/// <param name="Dimension">D.</param>
/// <param name="Components">K.</param>
/// <param name="Means">μ, [K, D].</param>
/// <param name="Whitenings">L⁻¹, [K, D, D], lower triangular.</param>
/// <param name="LogScales">s = ln w − ½ D ln 2π − ½ ln det Σ, [K].</param>
public readonly unsafe record struct MixtureTable(
    int Dimension, int Components, nint Means, nint Whitenings, nint LogScales);

/// <summary>
/// Log-density and score of a Gaussian mixture for a tile of points, ln p(x) = ln Σₖ exp eₖ(x) with
/// eₖ(x) = sₖ − ½ |yₖ|², yₖ = Lₖ⁻¹ (x − μₖ).
/// </summary>
/// <remarks>
/// One pass over the components, with the largest exponent m so far taken out of both sums:
/// <code>
///   m′ = max(m, eₖ),   S ← S·exp(m − m′) + exp(eₖ − m′),   G ← G·exp(m − m′) − exp(eₖ − m′)·Lₖ⁻ᵀ yₖ
///   at the end:  ln p = m + ln S,  score = G / S
/// </code>
/// G is the score's own tile. Nothing leaves the first-level cache, and each lane is a point.
/// </remarks>
public static unsafe class MixtureKernel
{
    /// <summary>Evaluates a mixture and its score.</summary>
    /// <typeparam name="TSimd">The vector instructions.</typeparam>
    /// <typeparam name="TVector">The vector type.</typeparam>
    /// <param name="mixture">The mixture.</param>
    /// <param name="x">Points, [D, 64].</param>
    /// <param name="scratch">2·D vectors, less than a tile.</param>
    /// <param name="logDensities">Receives ln p, [64].</param>
    /// <param name="scores">Receives ∇ ln p, [D, 64].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Evaluate<TSimd, TVector>(
        in MixtureTable mixture, float* x, float* scratch, float* logDensities, float* scores)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        int dimension = mixture.Dimension;
        float* difference = scratch;
        float* pull = scratch + (dimension * TSimd.Lanes);
        for (int n = 0; n < Tile.Width; n += TSimd.Lanes)
        {
            var largest = TSimd.Broadcast(0f);
            var sum = TSimd.Broadcast(0f);
            for (int k = 0; k < mixture.Components; k++)
            {
                float* mean = (float*)mixture.Means + (k * dimension);
                float* whitening = (float*)mixture.Whitenings + (k * dimension * dimension);
                for (int i = 0; i < dimension; i++)
                {
                    var centred = TSimd.Subtract(TSimd.Load(x + (i * Tile.Width) + n), TSimd.Broadcast(mean[i]));
                    TSimd.Store(difference + (i * TSimd.Lanes), centred);
                }

                var distance = Pull<TSimd, TVector>(whitening, dimension, difference, pull);
                var exponent = TSimd.MultiplyAdd(
                    TSimd.Broadcast(-0.5f), distance, TSimd.Broadcast(((float*)mixture.LogScales)[k]));
                var larger = k == 0 ? exponent : TSimd.Max(largest, exponent);
                var keep = k == 0
                    ? TSimd.Broadcast(0f)
                    : VectorMath.Exp<TSimd, TVector>(TSimd.Subtract(largest, larger));
                var share = VectorMath.Exp<TSimd, TVector>(TSimd.Subtract(exponent, larger));
                sum = TSimd.MultiplyAdd(sum, keep, share);
                largest = larger;
                var minusShare = TSimd.Subtract(TSimd.Broadcast(0f), share);
                for (int i = 0; i < dimension; i++)
                {
                    float* at = scores + (i * Tile.Width) + n;
                    var pulled = TSimd.Multiply(minusShare, TSimd.Load(pull + (i * TSimd.Lanes)));
                    TSimd.Store(at, k == 0 ? pulled : TSimd.MultiplyAdd(TSimd.Load(at), keep, pulled));
                }
            }

            TSimd.Store(logDensities + n, TSimd.Add(largest, VectorMath.Log<TSimd, TVector>(sum)));
            for (int i = 0; i < dimension; i++)
            {
                float* at = scores + (i * Tile.Width) + n;
                TSimd.Store(at, TSimd.Divide(TSimd.Load(at), sum));
            }
        }
    }

    /// <summary>pull = L⁻ᵀ y, and returns |y|², for y = L⁻¹·difference; a vector an entry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Pull<TSimd, TVector>(float* whitening, int dimension, float* difference, float* pull)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        var distance = TSimd.Broadcast(0f);
        for (int j = 0; j < dimension; j++)
        {
            float* row = whitening + (j * dimension);
            var y = TSimd.Broadcast(0f);
            for (int i = 0; i <= j; i++)
            {
                y = TSimd.MultiplyAdd(TSimd.Broadcast(row[i]), TSimd.Load(difference + (i * TSimd.Lanes)), y);
            }

            distance = TSimd.MultiplyAdd(y, y, distance);
            for (int i = 0; i < j; i++)
            {
                float* at = pull + (i * TSimd.Lanes);
                TSimd.Store(at, TSimd.MultiplyAdd(TSimd.Broadcast(row[i]), y, TSimd.Load(at)));
            }

            TSimd.Store(pull + (j * TSimd.Lanes), TSimd.Multiply(TSimd.Broadcast(row[j]), y));
        }

        return distance;
    }
}
