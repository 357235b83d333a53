using System.Runtime.Intrinsics;
using BenchmarkDotNet.Attributes;
using ScoreGpu.Kernels.Cpu;
using ScoreGpu.Kernels.Cpu.Simd;

namespace ScoreGpu.Bench.Micro;

/// <summary>A hidden layer over one tile, at each vector width: 2·H²·64 operations; allocates nothing.</summary>
[MemoryDiagnoser]
public unsafe class DenseBenchmarks
{
    private float* _weights;
    private float* _input;
    private float* _output;
    private float* _bias;

    [Params(32, 128, 512)]
    public int Hidden { get; set; }

    [GlobalSetup]
    public void Allocate()
    {
        _weights = TileMemory.Allocate(Hidden * Hidden, 0.01f);
        _input = TileMemory.Allocate(Hidden * Tile.Width, 0.01f);
        _output = TileMemory.Allocate(Hidden * Tile.Width, 0.01f);
        _bias = TileMemory.Allocate(Hidden, 0.01f);
    }

    [GlobalCleanup]
    public void Free()
    {
        TileMemory.Free(_weights);
        TileMemory.Free(_input);
        TileMemory.Free(_output);
        TileMemory.Free(_bias);
    }

    [Benchmark(Baseline = true)]
    public void Width512() => Multiply<Simd512, Vector512<float>>();

    [Benchmark]
    public void Width256() => Multiply<Simd256, Vector256<float>>();

    [Benchmark]
    public void Width128() => Multiply<Simd128, Vector128<float>>();

    private void Multiply<TSimd, TVector>()
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct =>
        DenseKernel.Multiply<TSimd, TVector>(
            Hidden, Hidden, _weights, Hidden, 1, _input, Tile.Width, _bias, _output);
}
