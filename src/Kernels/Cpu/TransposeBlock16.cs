using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace ScoreGpu.Kernels.Cpu;

/// <summary>Turns a block of 16 × 16 in sixteen 512-bit registers, with half the shuffles of sixteen 4 × 4 blocks.</summary>
internal static unsafe class TransposeBlock16
{
    /// <summary>Rows and columns of the block.</summary>
    public const int Size = 16;

    /// <summary>Whether the processor has the registers.</summary>
    public static bool IsSupported => Avx512F.IsSupported;

    /// <summary>target[c, r] = source[r, c].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(float* source, nint sourceStride, float* target, nint targetStride)
    {
        // Each quarter holds, in its four 128-bit lanes, 4 × 4 blocks already turned; then lanes change places.
        Quarter(source, sourceStride, out var a0, out var a1, out var a2, out var a3);
        Quarter(source + (4 * sourceStride), sourceStride, out var b0, out var b1, out var b2, out var b3);
        Quarter(source + (8 * sourceStride), sourceStride, out var c0, out var c1, out var c2, out var c3);
        Quarter(source + (12 * sourceStride), sourceStride, out var d0, out var d1, out var d2, out var d3);
        Exchange(a0, b0, c0, d0, target, targetStride);
        Exchange(a1, b1, c1, d1, target + targetStride, targetStride);
        Exchange(a2, b2, c2, d2, target + (2 * targetStride), targetStride);
        Exchange(a3, b3, c3, d3, target + (3 * targetStride), targetStride);
    }

    /// <summary>Lane j of output i holds source[0…3, 4j + i].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Quarter(
        float* source,
        nint stride,
        out Vector512<float> out0,
        out Vector512<float> out1,
        out Vector512<float> out2,
        out Vector512<float> out3)
    {
        var r0 = Vector512.Load(source);
        var r1 = Vector512.Load(source + stride);
        var r2 = Vector512.Load(source + (2 * stride));
        var r3 = Vector512.Load(source + (3 * stride));
        var low01 = Avx512F.UnpackLow(r0, r1).AsDouble();
        var low23 = Avx512F.UnpackLow(r2, r3).AsDouble();
        var high01 = Avx512F.UnpackHigh(r0, r1).AsDouble();
        var high23 = Avx512F.UnpackHigh(r2, r3).AsDouble();
        out0 = Avx512F.UnpackLow(low01, low23).AsSingle();
        out1 = Avx512F.UnpackHigh(low01, low23).AsSingle();
        out2 = Avx512F.UnpackLow(high01, high23).AsSingle();
        out3 = Avx512F.UnpackHigh(high01, high23).AsSingle();
    }

    /// <summary>Stores lane j of the four inputs, side by side, as row 4j of the target.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Exchange(
        Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, float* target, nint stride)
    {
        var evenAb = Avx512F.Shuffle4x128(a, b, 0b10_00_10_00);
        var oddAb = Avx512F.Shuffle4x128(a, b, 0b11_01_11_01);
        var evenCd = Avx512F.Shuffle4x128(c, d, 0b10_00_10_00);
        var oddCd = Avx512F.Shuffle4x128(c, d, 0b11_01_11_01);
        Avx512F.Shuffle4x128(evenAb, evenCd, 0b10_00_10_00).Store(target);
        Avx512F.Shuffle4x128(oddAb, oddCd, 0b10_00_10_00).Store(target + (4 * stride));
        Avx512F.Shuffle4x128(evenAb, evenCd, 0b11_01_11_01).Store(target + (8 * stride));
        Avx512F.Shuffle4x128(oddAb, oddCd, 0b11_01_11_01).Store(target + (12 * stride));
    }
}
