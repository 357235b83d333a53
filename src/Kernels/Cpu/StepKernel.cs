using System.Runtime.CompilerServices;
using ScoreGpu.Kernels.Cpu.Simd;

namespace ScoreGpu.Kernels.Cpu;

/// <summary>The linear part of a sampler's row: every register of a tile takes its next value.</summary>
public static unsafe class StepKernel
{
    /// <summary>Applies <paramref name="step"/> to the registers, in place.</summary>
    /// <typeparam name="TSimd">The vector instructions.</typeparam>
    /// <typeparam name="TVector">The vector type.</typeparam>
    /// <param name="step">The row's coefficients.</param>
    /// <param name="count">Elements of a register: dimensions × 64.</param>
    /// <param name="registers">x, anchor, accumulator, previous: four times <paramref name="count"/> elements.</param>
    /// <param name="output">The network's output at x.</param>
    /// <param name="noise">z; read only where the row uses noise, may then hold anything otherwise.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply<TSimd, TVector>(
        in StepCoefficients step, int count, float* registers, float* output, float* noise)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        bool usesNoise = step.UsesNoise;
        var bound = TSimd.Broadcast(step.DenoisedBound);
        for (int i = 0; i < count; i += TSimd.Lanes)
        {
            var x = TSimd.Load(registers + i);
            var anchor = TSimd.Load(registers + count + i);
            var accumulator = TSimd.Load(registers + (2 * count) + i);
            var previous = TSimd.Load(registers + (3 * count) + i);
            var o = TSimd.Load(output + i);
            var z = usesNoise ? TSimd.Load(noise + i) : TSimd.Broadcast(0f);
            var denoised = TSimd.MultiplyAdd(
                TSimd.Broadcast(step.DenoisedX), x, TSimd.Multiply(TSimd.Broadcast(step.DenoisedOutput), o));
            denoised = TSimd.Max(TSimd.Subtract(TSimd.Broadcast(0f), bound), TSimd.Min(bound, denoised));

            TSimd.Store(
                registers + i,
                Combine<TSimd, TVector>(step.X, x, anchor, accumulator, previous, o, denoised, z));
            TSimd.Store(
                registers + count + i,
                Combine<TSimd, TVector>(step.Anchor, x, anchor, accumulator, previous, o, denoised, z));
            TSimd.Store(
                registers + (2 * count) + i,
                Combine<TSimd, TVector>(step.Accumulator, x, anchor, accumulator, previous, o, denoised, z));
            TSimd.Store(
                registers + (3 * count) + i,
                Combine<TSimd, TVector>(step.Previous, x, anchor, accumulator, previous, o, denoised, z));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Combine<TSimd, TVector>(
        in RegisterUpdate update,
        TVector x,
        TVector anchor,
        TVector accumulator,
        TVector previous,
        TVector output,
        TVector denoised,
        TVector noise)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        var sum = TSimd.Multiply(TSimd.Broadcast(update.X), x);
        sum = TSimd.MultiplyAdd(TSimd.Broadcast(update.Output), output, sum);
        sum = TSimd.MultiplyAdd(TSimd.Broadcast(update.Denoised), denoised, sum);
        sum = TSimd.MultiplyAdd(TSimd.Broadcast(update.Noise), noise, sum);
        sum = TSimd.MultiplyAdd(TSimd.Broadcast(update.Anchor), anchor, sum);
        sum = TSimd.MultiplyAdd(TSimd.Broadcast(update.Accumulator), accumulator, sum);
        return TSimd.MultiplyAdd(TSimd.Broadcast(update.Previous), previous, sum);
    }
}
