using ScoreGpu.Kernels.Cpu.Simd;

namespace ScoreGpu.Kernels.Cpu;

/// <summary>An activation f on a vector, with as many of its derivatives as are asked for.</summary>
/// <remarks>The just-in-time compiler makes one version of a pass for each f and each width, with f inlined.</remarks>
internal interface IVectorActivation
{
    /// <summary>f(x); the same bits from all three.</summary>
    static abstract TVector Value<TSimd, TVector>(TVector x)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct;

    /// <summary>f(x) and f'(x).</summary>
    static abstract TVector Value<TSimd, TVector>(TVector x, out TVector first)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct;

    /// <summary>f(x), f'(x) and f''(x).</summary>
    static abstract TVector Value<TSimd, TVector>(TVector x, out TVector first, out TVector second)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct;
}
