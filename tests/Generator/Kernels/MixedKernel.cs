#pragma warning disable CA1000 // Static members are what a type argument is for.

using static System.MathF;

namespace ScoreGpu.Tests.Generator.Kernels;

/// <summary>A tile's size as a type, so that the same kernel is compiled for several.</summary>
public interface ITile
{
    /// <summary>The number of rows.</summary>
    static abstract int Rows { get; }
}

/// <summary>Four rows.</summary>
public readonly struct FourRows : ITile
{
    /// <inheritdoc/>
    public static int Rows => 2 * Half;

    private static int Half => 2;
}

/// <summary>f scaled: a type argument that takes one itself.</summary>
/// <typeparam name="TInner">f.</typeparam>
public readonly struct Scaled<TInner> : ScoreGpu.Kernels.Gpu.IActivation
    where TInner : struct, ScoreGpu.Kernels.Gpu.IActivation
{
    private const float Factor = -2.5f;

    /// <inheritdoc/>
    public static float Value(float x) => Factor * TInner.Value(x);

    /// <inheritdoc/>
    public static float Derivative(float x) => Factor * TInner.Derivative(x);

    /// <inheritdoc/>
    public static float SecondDerivative(float x) => Factor * TInner.SecondDerivative(x);
}

/// <summary>Half, written where its source is.</summary>
public readonly struct Halved : ScoreGpu.Kernels.Gpu.IActivation
{
    /// <inheritdoc/>
    public static float Value(float x) => x / 2;

    /// <inheritdoc/>
    public static float Derivative(float x) => 0.5f;

    /// <inheritdoc/>
    public static float SecondDerivative(float x) => 0f;
}

/// <summary>What kernels of several layers do: buffers that change places, tiles, nested type arguments.</summary>
public static class MixedKernel
{
    private const int Width = 8;

    /// <summary>Layers in shared memory; the buffers change places after each.</summary>
    /// <typeparam name="TActivation">The activation.</typeparam>
    /// <typeparam name="TTile">The tile.</typeparam>
    /// <param name="shape">A name that the launcher has too.</param>
    /// <param name="x">The inputs, [rows, 8].</param>
    /// <param name="kind">A number of an enumeration.</param>
    /// <param name="y">Receives the outputs.</param>
    [Kernel(GroupSize = Width)]
    [KernelInstance(typeof(Scaled<Halved>), typeof(FourRows))]
    public static void Layers<TActivation, TTile>(int shape, FloatView x, RowKind kind, FloatView y)
        where TActivation : struct, ScoreGpu.Kernels.Gpu.IActivation
        where TTile : struct, ITile
    {
        FloatView first = SharedMemory.Allocate<float>(Width * TTile.Rows);
        FloatView second = SharedMemory.Allocate<float>(Width * TTile.Rows);
        FloatView source = first;
        FloatView target = second;
        int column = Group.IdxX;
        for (int i = 0; i < TTile.Rows; i++)
        {
            source[(i * Width) + column] = x[(i * Width) + column];
        }

        Group.Barrier();
        for (int layer = 0; layer < shape; layer++)
        {
            for (int i = 0; i < TTile.Rows; i++)
            {
                target[(i * Width) + column] = Row<TActivation>(source.SubView(i * Width, Width), column);
            }

            Group.Barrier();
            FloatView swap = source;
            source = target;
            target = swap;
        }

        const float bias = 0.5f;
        float[] sums = { 1f, -bias };
        for (int i = 0, j = 1; i < TTile.Rows; i++, j *= 2)
        {
            AddTo(ref sums[i & 1], source[(i * Width) + column] * j);
        }

        FloatView chosen = kind == RowKind.Twice ? source : target;
        bool isLow = column < 4 & kind != RowKind.None;
        y[column] = sums[0] + sums[1] + (isLow ? Largest(chosen) : - -Largest(x)) + Sqrt(Abs(sums[0]));
        for (; ; )
        {
            if (column is > 2 and < 6 || shape == 0)
            {
                y[column] += Bits((uint)column);
            }

            break;
        }
    }

    private static float Row<TActivation>(FloatView row, int column)
        where TActivation : struct, ScoreGpu.Kernels.Gpu.IActivation
    {
        float sum = 0;
        for (int k = 0; k < row.IntLength; k++)
        {
            ref readonly float entry = ref row[k];
            sum += entry * Weight(k, column);
        }

        return TActivation.Value(sum);

        static float Weight(int k, int column) => 0.1f * ((k ^ column) + 1);
    }

    private static void AddTo(ref float target, float value) => target += value;

    private static float Largest(FloatView values)
    {
        float largest = float.NegativeInfinity;
        for (int i = 0; i < values.IntLength; i++)
        {
            largest = Max(largest, values[i]);
        }

        return largest;
    }

    private static float Bits(uint value)
    {
        uint bits = value;
        bits ^= bits << 13;
        bits ^= bits >> 17;
        ulong wide = bits * 3ul;
        wide += bits;
        return (float)(wide % 1000);
    }
}
