using System.Runtime.CompilerServices;
using ScoreGpu.Kernels.Cpu.Simd;

namespace ScoreGpu.Kernels.Cpu;

/// <summary>
/// Adam (Kingma and Ba 2015, arXiv:1412.6980, algorithm 1), with decoupled weight decay AdamW (Loshchilov and Hutter
/// 2019, arXiv:1711.05101, algorithm 2), element by element.
/// </summary>
public static unsafe class AdamKernel
{
    /// <summary>
    /// m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; w ← w − ηλw − η/(1 − β₁ᵗ) · m / (√v/√(1 − β₂ᵗ) + ε), for any count.
    /// </summary>
    /// <param name="weights">w.</param>
    /// <param name="gradient">The gradient before it is clipped.</param>
    /// <param name="first">m.</param>
    /// <param name="second">v.</param>
    /// <param name="count">How many of each.</param>
    /// <param name="step">The coefficients.</param>
    /// <param name="scale">The clipping factor: g = scale · gradient.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Step<TSimd, TVector>(
        float* weights, float* gradient, float* first, float* second, int count, in AdamRates step, float scale)
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        var beta1 = TSimd.Broadcast(step.Beta1);
        var beta2 = TSimd.Broadcast(step.Beta2);
        var rest1 = TSimd.Broadcast(step.Rest1);
        var rest2 = TSimd.Broadcast(step.Rest2);
        var size = TSimd.Broadcast(-step.StepSize);
        var rootScale = TSimd.Broadcast(step.SecondMomentScale);
        var epsilon = TSimd.Broadcast(step.Epsilon);
        var shrink = TSimd.Broadcast(-step.Shrink);
        var gradientScale = TSimd.Broadcast(scale);
        int i = 0;
        for (; i <= count - TSimd.Lanes; i += TSimd.Lanes)
        {
            var g = TSimd.Multiply(TSimd.Load(gradient + i), gradientScale);
            var m = TSimd.MultiplyAdd(rest1, g, TSimd.Multiply(beta1, TSimd.Load(first + i)));
            var v = TSimd.MultiplyAdd(TSimd.Multiply(rest2, g), g, TSimd.Multiply(beta2, TSimd.Load(second + i)));
            var root = TSimd.MultiplyAdd(TSimd.Sqrt(v), rootScale, epsilon);
            TSimd.Store(first + i, m);
            TSimd.Store(second + i, v);
            var w = TSimd.Load(weights + i);
            w = TSimd.MultiplyAdd(shrink, w, w);
            TSimd.Store(weights + i, TSimd.MultiplyAdd(size, TSimd.Divide(m, root), w));
        }

        for (; i < count; i++)
        {
            float g = gradient[i] * scale;
            first[i] = (step.Rest1 * g) + (step.Beta1 * first[i]);
            second[i] = (step.Rest2 * g * g) + (step.Beta2 * second[i]);
            float w = weights[i] - (step.Shrink * weights[i]);
            weights[i] = w - (step.StepSize * first[i] / ((MathF.Sqrt(second[i]) * step.SecondMomentScale) + step.Epsilon));
        }
    }
}
