namespace ScoreGpu.Kernels.Cpu;

/// <summary>The shape of the CPU device's unit of work.</summary>
/// <remarks>
/// A tile holds <see cref="Width"/> samples <em>feature-major</em>: feature f of sample n is at <c>f * Width + n</c>, so
/// that every operation runs along the samples in whole vectors, whatever the number of features, and so that a hidden
/// layer of 128 features (32 KiB) stays in the first-level cache.
/// </remarks>
public static class Tile
{
    /// <summary>Samples in a tile: four 512-bit, eight 256-bit or sixteen 128-bit vectors of float32.</summary>
    public const int Width = 64;

    /// <summary>A tile that is partly filled is computed in steps of so many samples: a 512-bit vector.</summary>
    public const int Step = 16;

    /// <summary>The alignment, in bytes, of every tile buffer: one cache line, one 512-bit vector.</summary>
    public const int Alignment = 64;

    /// <summary>Columns of a tile that <paramref name="samples"/> samples take, in whole steps; at most all.</summary>
    public static int ColumnsFor(int samples) => Math.Min((samples + Step - 1) / Step * Step, Width);

    /// <summary>The number of tiles that hold <paramref name="samples"/> samples.</summary>
    public static int CountFor(int samples) => (samples + Width - 1) / Width;
}
