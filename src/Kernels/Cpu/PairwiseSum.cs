using System.Numerics;
using ScoreGpu.Kernels.Cpu.Simd;

namespace ScoreGpu.Kernels.Cpu;

/// <summary>Sums over numbered terms in pairs: (t₀ + t₁) + (t₂ + t₃), and so on with pairs of pairs.</summary>
/// <remarks>
/// The order of the additions is that of a binary tree over the terms. Its branches of 2, 4, 8… terms are sums of their own, so
/// that a sum can be shared out in such branches in any way, and have the same bits.
/// </remarks>
public static unsafe class PairwiseSum
{
    /// <summary>Terms in the left branch of a sum of at least two: the largest power of two below their number.</summary>
    public static int LeftOf(int count) => 1 << BitOperations.Log2((uint)count - 1);

    /// <summary>Buffers that a sum needs: its result's, and one for each right branch that waits.</summary>
    public static int BuffersFor(int count) => count <= 1 ? 1 : 2 + BitOperations.Log2((uint)count - 1);

    /// <summary>Sums some terms.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="first">The first one.</param>
    /// <param name="count">How many; at least 1.</param>
    /// <param name="sum">Receives the sum; room for <see cref="BuffersFor"/> of <see cref="ITerms.Length"/> each.</param>
    internal static void Run<TSimd, TVector, TTerms>(in TTerms terms, int first, int count, float* sum)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
        where TTerms : struct, ITerms
    {
        if (count == 1)
        {
            terms.Compute(first, sum);
            return;
        }

        int left = LeftOf(count);
        float* right = sum + terms.Length;
        Run<TSimd, TVector, TTerms>(terms, first, left, sum);
        if (count - left == 1 && terms.TryAdd(first + left, sum))
        {
            return;
        }

        Run<TSimd, TVector, TTerms>(terms, first + left, count - left, right);
        ElementKernel.Add<TSimd, TVector>(sum, right, sum, terms.Length);
    }

    /// <summary>The terms of a sum, each a row of numbers.</summary>
    internal interface ITerms
    {
        /// <summary>Numbers in a term.</summary>
        int Length { get; }

        /// <summary>Computes a term.</summary>
        void Compute(int index, float* term);

        /// <summary>Adds a term to a sum, where that takes less than computing and adding it does, with the same bits.</summary>
        bool TryAdd(int index, float* sum);
    }
}
