using System.Runtime.InteropServices;
using ScoreGpu.Kernels.Cpu;

namespace ScoreGpu.Bench.Micro;

/// <summary>What kernels work on: aligned, and outside the managed heap.</summary>
internal static unsafe class TileMemory
{
    /// <summary>Allocates <paramref name="count"/> numbers that are all the same.</summary>
    public static float* Allocate(int count, float value)
    {
        float* values = (float*)NativeMemory.AlignedAlloc((nuint)count * sizeof(float), Tile.Alignment);
        new Span<float>(values, count).Fill(value);
        return values;
    }

    /// <summary>Frees them.</summary>
    public static void Free(float* values) => NativeMemory.AlignedFree(values);
}
