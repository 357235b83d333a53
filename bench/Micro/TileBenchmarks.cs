using BenchmarkDotNet.Attributes;
using ScoreGpu.Kernels;
using ScoreGpu.Kernels.Cpu;

namespace ScoreGpu.Bench.Micro;

/// <summary>The passes over a tile beside the products: a hidden layer of 128 features, or two dimensions. None allocates.</summary>
[MemoryDiagnoser]
public unsafe class TileBenchmarks
{
    private const int Hidden = 128;

    private readonly TileKernels _kernels = TileKernels.Supported[0];
    private readonly AdamRates _adam = new(0.9f, 0.999f, 0.1f, 0.001f, 1e-3f, 1f, 1e-8f, 0, 0, 0);
    private float* _tiles;

    private static int Count => Hidden * Tile.Width;

    [GlobalSetup]
    public void Allocate() => _tiles = TileMemory.Allocate(4 * Count, 0.5f);

    [GlobalCleanup]
    public void Free() => TileMemory.Free(_tiles);

    [Benchmark]
    [Arguments(Activation.Silu)]
    [Arguments(Activation.Tanh)]
    [Arguments(Activation.Relu)]
    [Arguments(Activation.Gelu)]
    public void Activate(Activation activation) => _kernels.Activate(activation, _tiles, _tiles + Count, Count);

    [Benchmark]
    public void Exp() => _kernels.Exp(_tiles, _tiles + Count, Count);

    [Benchmark]
    public void Transpose() => TransposeKernel.ToSampleMajor(_tiles, Hidden, _tiles + Count, Hidden);

    [Benchmark]
    public void PhiloxWords() =>
        _kernels.FillWords(1, 0, 0, 0, PhiloxStreams.SamplerNoise, (uint*)(_tiles + Count));

    [Benchmark]
    public void Normals() => _kernels.FillNormal(1, 0, 0, PhiloxStreams.SamplerNoise, 2, _tiles + Count);

    [Benchmark]
    public void Adam() =>
        _kernels.AdamStep(_tiles, _tiles + Count, _tiles + (2 * Count), _tiles + (3 * Count), Count, _adam, 1f);
}
