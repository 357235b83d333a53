using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using ScoreGpu.Engine.Devices.Cpu;

namespace ScoreGpu.Engine.Benchmarks;

/// <summary>The memory bandwidth of the host: a = b + s·c over arrays that no cache holds.</summary>
/// <remarks>
/// The triad of STREAM (McCalpin, "Memory bandwidth and machine balance in current high performance computers", 1995),
/// which counts 12 bytes an element. The results are stored past the caches, so that no more than that is moved.
/// </remarks>
public static unsafe class TriadBandwidth
{
    private const int Passes = 8;
    private const long LeastBytes = 64L << 20;
    private const long MostBytes = 512L << 20;
    private const int ElementsOfPiece = 1 << 18;

    /// <summary>Bytes a second that some threads read and write together, the best of several passes.</summary>
    /// <param name="threads">The threads, at least 1.</param>
    public static double Measure(int threads)
    {
        using var team = new ThreadTeam(threads);
        return Measure(team, ElementsOfArray());
    }

    /// <summary>Measures with a given team and arrays of a given length.</summary>
    internal static double Measure(ThreadTeam team, long elements)
    {
        using var a = new NativeBuffer(elements);
        using var b = new NativeBuffer(elements);
        using var c = new NativeBuffer(elements);
        int pieces = (int)((elements + ElementsOfPiece - 1) / ElementsOfPiece);
        (nint target, nint left, nint right) = ((nint)a.Address, (nint)b.Address, (nint)c.Address);
        void Work(int piece, int worker)
        {
            long first = (long)piece * ElementsOfPiece;
            int count = (int)Math.Min(ElementsOfPiece, elements - first);
            Add((float*)target + first, (float*)left + first, (float*)right + first, 0.5f, count);
        }

        double best = double.PositiveInfinity;
        for (int pass = 0; pass < Passes; pass++)
        {
            long start = Stopwatch.GetTimestamp();
            team.Run(Work, pieces);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return 3.0 * sizeof(float) * elements / best;
    }

    /// <summary>a = b + s·c; a is aligned to 64 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Add(float* a, float* b, float* c, float s, int count)
    {
        int i = 0;
        var factor = new Vector<float>(s);
        for (; i <= count - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.StoreAlignedNonTemporal(Vector.Load(b + i) + (factor * Vector.Load(c + i)), a + i);
        }

        for (; i < count; i++)
        {
            a[i] = b[i] + (s * c[i]);
        }
    }

    /// <summary>Elements of an array: four times the largest cache, as far as the memory has room for three.</summary>
    private static long ElementsOfArray()
    {
        long room = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 16;
        long bytes = Math.Min(Math.Clamp(4 * LargestCacheBytes(), LeastBytes, MostBytes), room);
        return Math.Max(ElementsOfPiece, bytes / sizeof(float));
    }

    /// <summary>The largest cache that Linux tells of; 0 where it tells of none.</summary>
    private static long LargestCacheBytes()
    {
        const string Folder = "/sys/devices/system/cpu/cpu0/cache";
        long largest = 0;
        try
        {
            foreach (string file in Directory.Exists(Folder) ? Directory.GetFiles(Folder, "size", SearchOption.AllDirectories) : [])
            {
                string text = File.ReadAllText(file).Trim();
                long unit = text.EndsWith('K') ? 1L << 10 : text.EndsWith('M') ? 1L << 20 : 1;
                largest = long.TryParse(text.TrimEnd('K', 'M'), out long size) ? Math.Max(largest, size * unit) : largest;
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A container may hide it; the least length is beyond most caches.
        }

        return largest;
    }
}
