using System.Runtime.CompilerServices;
using ScoreGpu.Kernels.Cpu.Simd;

namespace ScoreGpu.Kernels.Cpu;

/// <summary>An activation on every element of a tile, and its derivatives beside it.</summary>
/// <remarks>Which one is decided once a pass, outside the loop: a tile of 128 features is 8,192 elements.</remarks>
public static unsafe class ActivationPass
{
    /// <summary>y = f(x) over <paramref name="count"/> elements, a multiple of 64; in place is allowed.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such f.</exception>
    public static void Value<TSimd, TVector>(Activation activation, float* x, float* y, int count)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        switch (activation)
        {
            case Activation.Silu:
                Value<VectorSilu, TSimd, TVector>(x, y, count);
                break;
            case Activation.Tanh:
                Value<VectorTanh, TSimd, TVector>(x, y, count);
                break;
            case Activation.Relu:
                Value<VectorRelu, TSimd, TVector>(x, y, count);
                break;
            case Activation.Gelu:
                Value<VectorGelu, TSimd, TVector>(x, y, count);
                break;
            default:
                throw Unknown(activation);
        }
    }

    /// <summary>y = f(x) and derivative = f'(x); y may be x.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such f.</exception>
    public static void WithDerivative<TSimd, TVector>(
        Activation activation, float* x, float* y, float* derivative, int count)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        switch (activation)
        {
            case Activation.Silu:
                WithDerivative<VectorSilu, TSimd, TVector>(x, y, derivative, count);
                break;
            case Activation.Tanh:
                WithDerivative<VectorTanh, TSimd, TVector>(x, y, derivative, count);
                break;
            case Activation.Relu:
                WithDerivative<VectorRelu, TSimd, TVector>(x, y, derivative, count);
                break;
            case Activation.Gelu:
                WithDerivative<VectorGelu, TSimd, TVector>(x, y, derivative, count);
                break;
            default:
                throw Unknown(activation);
        }
    }

    /// <summary>y = f(x), first = f'(x), second = f''(x); y may be x.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such f.</exception>
    public static void WithTwoDerivatives<TSimd, TVector>(
        Activation activation, float* x, float* y, float* first, float* second, int count)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        switch (activation)
        {
            case Activation.Silu:
                WithTwoDerivatives<VectorSilu, TSimd, TVector>(x, y, first, second, count);
                break;
            case Activation.Tanh:
                WithTwoDerivatives<VectorTanh, TSimd, TVector>(x, y, first, second, count);
                break;
            case Activation.Relu:
                WithTwoDerivatives<VectorRelu, TSimd, TVector>(x, y, first, second, count);
                break;
            case Activation.Gelu:
                WithTwoDerivatives<VectorGelu, TSimd, TVector>(x, y, first, second, count);
                break;
            default:
                throw Unknown(activation);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Value<TActivation, TSimd, TVector>(float* x, float* y, int count)
        where TActivation : struct, IVectorActivation
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        for (int i = 0; i < count; i += 2 * TSimd.Lanes)
        {
            // Two at a time: the divisions of one overlap the polynomial of the other.
            var x0 = TSimd.Load(x + i);
            var x1 = TSimd.Load(x + i + TSimd.Lanes);
            var y0 = TActivation.Value<TSimd, TVector>(x0);
            var y1 = TActivation.Value<TSimd, TVector>(x1);
            TSimd.Store(y + i, y0);
            TSimd.Store(y + i + TSimd.Lanes, y1);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WithDerivative<TActivation, TSimd, TVector>(float* x, float* y, float* derivative, int count)
        where TActivation : struct, IVectorActivation
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        for (int i = 0; i < count; i += TSimd.Lanes)
        {
            TSimd.Store(y + i, TActivation.Value<TSimd, TVector>(TSimd.Load(x + i), out var first));
            TSimd.Store(derivative + i, first);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void WithTwoDerivatives<TActivation, TSimd, TVector>(
        float* x, float* y, float* first, float* second, int count)
        where TActivation : struct, IVectorActivation
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        for (int i = 0; i < count; i += TSimd.Lanes)
        {
            TSimd.Store(y + i, TActivation.Value<TSimd, TVector>(TSimd.Load(x + i), out var one, out var two));
            TSimd.Store(first + i, one);
            TSimd.Store(second + i, two);
        }
    }

    private static ArgumentOutOfRangeException Unknown(Activation activation) =>
        new(nameof(activation), activation, "No such activation.");
}
