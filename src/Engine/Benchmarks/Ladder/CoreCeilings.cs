using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Kernels;
using ScoreGpu.Kernels.Cpu;
using ScoreGpu.Kernels.Cpu.Simd;

namespace ScoreGpu.Engine.Benchmarks.Ladder;

/// <summary>What one core does at most besides <see cref="MachineCeilings.CoreMultiplyAddFlops"/>: what the model of a rung
/// on the CPU is made of.</summary>
/// <param name="Lanes">Float32 lanes of a vector.</param>
/// <param name="DependentMultiplyAdds">Multiply-adds a second, each of which waits for the one before.</param>
/// <param name="VectorLoads">Vectors a second that are loaded from the nearest cache.</param>
/// <param name="ScalarActivations">SiLU a second, one at a time.</param>
/// <param name="VectorActivations">SiLU a second in whole vectors, over a tile.</param>
public sealed record CoreCeilings(
    int Lanes, double DependentMultiplyAdds, double VectorLoads, double ScalarActivations, double VectorActivations)
{
    private const int Slices = 15;
    private const int Dependent = 2_000_000;
    private const int LoadedVectors = 128;
    private const int LoadRounds = 100_000;
    private const int Features = 128;
    private const int ActivationRounds = 64;

    /// <summary>Measures a core: a fraction of a second.</summary>
    internal static unsafe CoreCeilings Measure(TileKernels kernels)
    {
        int count = Features * Tile.Width;
        using NativeBuffer from = new(count);
        using NativeBuffer to = new(count);
        for (int i = 0; i < count; i++)
        {
            from.Span[i] = ((i % 31) - 15) / 5f;
        }

        (nint x, nint y) = ((nint)from.Address, (nint)to.Address);
        int lanes = kernels.VectorBits / 32;
        double loads = (double)LoadedVectors * LoadRounds;
        double activations = (double)count * ActivationRounds;
        return new CoreCeilings(
            lanes,
            Dependent / Fastest(() => Chain(Dependent)),
            loads / Fastest(() => Load(lanes, (float*)x)),
            activations / Fastest(() => ActivateOneByOne((float*)x, (float*)y, count)),
            activations / Fastest(() =>
            {
                for (int round = 0; round < ActivationRounds; round++)
                {
                    kernels.Activate(Activation.Silu, (float*)x, (float*)y, count);
                }
            }));
    }

    /// <summary>The fastest of some slices, as with the other ceilings: whatever disturbs one makes it slower.</summary>
    private static double Fastest(Action slice)
    {
        double best = double.PositiveInfinity;
        for (int i = 0; i < Slices; i++)
        {
            long start = Stopwatch.GetTimestamp();
            slice();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static float Chain(int count)
    {
        float sum = 1;
        for (int i = 0; i < count; i++)
        {
            sum = MathF.FusedMultiplyAdd(sum, 0.9999f, 1e-4f);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static unsafe void ActivateOneByOne(float* x, float* y, int count)
    {
        for (int round = 0; round < ActivationRounds; round++)
        {
            for (int i = 0; i < count; i++)
            {
                y[i] = x[i] / (1f + MathF.Exp(-x[i]));
            }
        }
    }

    private static unsafe float Load(int lanes, float* x) => lanes switch
    {
        16 => Load<Simd512, Vector512<float>>(x),
        8 => Load<Simd256, Vector256<float>>(x),
        _ => Load<Simd128, Vector128<float>>(x),
    };

    // Additions take what is loaded, into eight sums that do not wait for one another: a load each.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static unsafe float Load<TSimd, TVector>(float* x)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        TVector s0 = TSimd.Broadcast(0f), s1 = s0, s2 = s0, s3 = s0, s4 = s0, s5 = s0, s6 = s0, s7 = s0;
        for (int round = 0; round < LoadRounds; round++)
        {
            for (int i = 0; i < LoadedVectors; i += 8)
            {
                float* at = x + (i * TSimd.Lanes);
                s0 = TSimd.Add(s0, TSimd.Load(at));
                s1 = TSimd.Add(s1, TSimd.Load(at + TSimd.Lanes));
                s2 = TSimd.Add(s2, TSimd.Load(at + (2 * TSimd.Lanes)));
                s3 = TSimd.Add(s3, TSimd.Load(at + (3 * TSimd.Lanes)));
                s4 = TSimd.Add(s4, TSimd.Load(at + (4 * TSimd.Lanes)));
                s5 = TSimd.Add(s5, TSimd.Load(at + (5 * TSimd.Lanes)));
                s6 = TSimd.Add(s6, TSimd.Load(at + (6 * TSimd.Lanes)));
                s7 = TSimd.Add(s7, TSimd.Load(at + (7 * TSimd.Lanes)));
            }
        }

        TVector low = TSimd.Add(TSimd.Add(s0, s1), TSimd.Add(s2, s3));
        return TSimd.Sum(TSimd.Add(low, TSimd.Add(TSimd.Add(s4, s5), TSimd.Add(s6, s7))));
    }
}
