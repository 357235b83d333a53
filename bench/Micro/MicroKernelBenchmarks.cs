using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;
using ScoreGpu.Kernels.Cpu;
using ScoreGpu.Kernels.Cpu.Simd;

namespace ScoreGpu.Bench.Micro;

/// <summary>The register block alone, at each vector width: six rows of the widest block, 2·6·columns·K operations.
/// </summary>
[MemoryDiagnoser]
public unsafe class MicroKernelBenchmarks
{
    private float* _a;
    private float* _b;
    private float* _c;

    [Params(32, 128, 512)]
    public int Depth { get; set; }

    [GlobalSetup]
    public void Allocate()
    {
        _a = TileMemory.Allocate(MicroKernel.MaximumRows * Depth, 0.01f);
        _b = TileMemory.Allocate(Depth * Tile.Width, 0.01f);
        _c = TileMemory.Allocate(MicroKernel.MaximumRows * Tile.Width, 0.01f);
    }

    [GlobalCleanup]
    public void Free()
    {
        TileMemory.Free(_a);
        TileMemory.Free(_b);
        TileMemory.Free(_c);
    }

    [Benchmark(Baseline = true)]
    public void Width512() => Run<Simd512, Vector512<float>, Columns4>();

    [Benchmark]
    public void Width256() => Run<Simd256, Vector256<float>, Columns2>();

    [Benchmark]
    public void Width128() => Run<Simd128, Vector128<float>, Columns2>();

    // Without a bias the block would add to itself and grow until it overflows; a row of A serves as one.
    private void Run<TSimd, TVector, TColumns>()
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
        where TColumns : struct, IBlockColumns =>
        MicroKernel.Run<TSimd, TVector, Rows6, TColumns>(Depth, _a, Depth, 1, _b, Tile.Width, _a, _c, Tile.Width);
}
