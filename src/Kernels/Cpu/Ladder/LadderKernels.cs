using System.Runtime.Intrinsics;
using ScoreGpu.Kernels.Cpu.Simd;

namespace ScoreGpu.Kernels.Cpu.Ladder;

/// <summary>The rungs of the ladder for one width of vector registers: a table of contents.</summary>
/// <remarks>
/// The same network from plain C# to a register block, one idea a rung, to be read and timed beside the engine's own
/// kernels (<see cref="TileKernels"/>), which are the last rung.
/// </remarks>
public abstract unsafe class LadderKernels
{
    /// <summary>Lanes of a vector.</summary>
    public abstract int Lanes { get; }

    /// <summary>The rungs as wide as some kernels.</summary>
    /// <param name="kernels">One of <see cref="TileKernels.Supported"/>.</param>
    public static LadderKernels Of(TileKernels kernels)
    {
        ArgumentNullException.ThrowIfNull(kernels);
        return kernels.VectorBits switch
        {
            512 => new Rungs<Simd512, Vector512<float>>(),
            256 => new Rungs<Simd256, Vector256<float>>(),
            _ => new Rungs<Simd128, Vector128<float>>(),
        };
    }

    /// <summary>y = network(x) for a sample of <see cref="LadderRung.Scalar"/>, or for a tile of any other rung.</summary>
    /// <param name="rung">How.</param>
    /// <param name="layers">The layers, of SiLU.</param>
    /// <param name="firstBias">The first layer's bias.</param>
    /// <param name="x">The input; kept.</param>
    /// <param name="ping">Scratch of the widest layer.</param>
    /// <param name="pong">Scratch of the widest layer.</param>
    /// <param name="y">Receives the output.</param>
    public abstract void Forward(
        LadderRung rung, ReadOnlySpan<DenseLayer> layers, float* firstBias, float* x, float* ping, float* pong, float* y);

    private sealed class Rungs<TSimd, TVector> : LadderKernels
        where TSimd : struct, ISimd<TSimd, TVector>
        where TVector : struct
    {
        public override int Lanes => TSimd.Lanes;

        public override void Forward(
            LadderRung rung,
            ReadOnlySpan<DenseLayer> layers,
            float* firstBias,
            float* x,
            float* ping,
            float* pong,
            float* y)
        {
            switch (rung)
            {
                case LadderRung.Scalar:
                    RungChain.Run<ScalarLayer>(layers, firstBias, x, ping, pong, y);
                    break;
                case LadderRung.EightSums:
                    RungChain.Run<EightSumsLayer>(layers, firstBias, x, ping, pong, y);
                    break;
                case LadderRung.Vectors:
                    RungChain.Run<VectorLayer<TSimd, TVector>>(layers, firstBias, x, ping, pong, y);
                    break;
                case LadderRung.VectorActivations:
                    RungChain.Run<VectorActivationLayer<TSimd, TVector>>(layers, firstBias, x, ping, pong, y);
                    break;
                default:
                    RungChain.Run<BlockLayer<TSimd, TVector>>(layers, firstBias, x, ping, pong, y);
                    break;
            }
        }
    }
}

/// <summary>A rung of <see cref="LadderKernels"/>.</summary>
public enum LadderRung
{
    /// <summary><see cref="ScalarLayer"/>.</summary>
    Scalar,

    /// <summary><see cref="EightSumsLayer"/>.</summary>
    EightSums,

    /// <summary><see cref="VectorLayer{TSimd, TVector}"/>.</summary>
    Vectors,

    /// <summary><see cref="VectorActivationLayer{TSimd, TVector}"/>.</summary>
    VectorActivations,

    /// <summary><see cref="BlockLayer{TSimd, TVector}"/>.</summary>
    Block,
}
