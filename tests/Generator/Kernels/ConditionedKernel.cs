#pragma warning disable CA1051 // Structs for kernels are their fields.

namespace ScoreGpu.Tests.Generator.Kernels;

/// <summary>A type argument with a constant, a function and a value of its own.</summary>
public interface ICondition
{
    /// <summary>How many terms there are.</summary>
    static abstract int Terms { get; }

    /// <summary>One term.</summary>
    float Term(int index, float x);
}

/// <summary>Powers of x, with a scale.</summary>
public readonly record struct PowerCondition(float Scale, int Shift) : ICondition
{
    /// <inheritdoc/>
    public static int Terms => 3;

    /// <summary>Not stored: computed from a field.</summary>
    public float Half => 0.5f * Scale;

    /// <inheritdoc/>
    public float Term(int index, float x)
    {
        float power = Half;
        for (int i = 0; i < index + Shift; i++)
        {
            power *= x;
        }

        return power;
    }
}

/// <summary>No fields at all.</summary>
public readonly struct NoCondition : ICondition
{
    /// <inheritdoc/>
    public static int Terms
    {
        get { return 1; }
    }

    /// <inheritdoc/>
    public float Term(int index, float x) => x;
}

/// <summary>A row as a step program would have it.</summary>
public struct Row
{
    /// <summary>A factor.</summary>
    public float Scale;

    /// <summary>A choice.</summary>
    public RowKind Kind;

    /// <summary>A struct within the struct.</summary>
    public Pair Both;
}

/// <summary>Two numbers.</summary>
public record struct Pair(float First, ulong Second)
{
    /// <summary>Adds the entries.</summary>
    public static Pair operator +(Pair left, Pair right) => new(left.First + right.First, left.Second + right.Second);
}

/// <summary>Choices, with gaps.</summary>
public enum RowKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Double it.</summary>
    Twice = 5,

    /// <summary>Negate it.</summary>
    Negate = -3,
}

/// <summary>Structs, enums, tuples, references, arrays, patterns and type arguments together.</summary>
public static class ConditionedKernel
{
    private const int Length = 4;

    /// <summary>Everything at once.</summary>
    /// <typeparam name="TCondition">The condition.</typeparam>
    /// <param name="condition">Its value.</param>
    /// <param name="rows">One a work-item.</param>
    /// <param name="results">Four a work-item.</param>
    [Kernel(GroupSize = 4)]
    [KernelInstance(typeof(PowerCondition))]
    [KernelInstance(typeof(NoCondition), Name = "Unconditioned")]
    public static void Run<TCondition>(in TCondition condition, View<Row> rows, FloatView results)
        where TCondition : struct, ICondition
    {
        int kernel = Group.IdxX; // a name that is a word of OpenCL
        ref Row row = ref rows[kernel];
        float[] terms = new float[TCondition.Terms + 1];
        for (int half = 0; half < TCondition.Terms; half++)
        {
            terms[half] = condition.Term(half, row.Scale);
        }

        FloatView mine = results.SubView(kernel * Length, Length);
        float sum = Sum(terms);
        Swap(ref mine[0], ref sum);
        mine[1] = Choose(row.Kind, sum) + Square(2f);

        (float low, float high) = Order(mine[0], mine[1]);
        (low, high) = (high, low);
        Split(low, out float whole, out _);
        mine[2] = low - high + whole;

        Pair pair = row.Both + new Pair { Second = 3 };
        pair.First += 1;
        row.Both = pair;
        row.Kind = RowKind.None;
        mine[3] = pair.Second switch
        {
            0 => 1f,
            < 5 => pair.First,
            > 100 and not 200 => 3f,
            _ => Offset(x: pair.First),
        };

        static float Square(float value) => value * value;
    }

    private static float Sum(float[] values)
    {
        float sum = 0;
        int i = values.Length;
        do
        {
            i--;
            if (i == 7)
            {
                continue;
            }

            sum += values[i];
        }
        while (i > 0);
        return sum;
    }

    private static void Swap(ref float a, ref float b)
    {
        (b, a) = (a, b);
    }

    private static float Choose(RowKind kind, float value)
    {
        switch (kind)
        {
            case RowKind.Twice:
                return 2 * value;
            case RowKind.Negate:
            case RowKind.None:
                float negated = -value;
                return kind == RowKind.None ? value : negated;
            default:
                break;
        }

        return default;
    }

    private static (float Low, float High) Order(float a, float b) => a < b ? (a, b) : (b, a);

    private static void Split(float value, out float whole, out float rest)
    {
        whole = MathF.Floor(value);
        rest = value - whole;
    }

    private static float Offset(float x, float by = 0.25f, int times = 2) => x + (by * times);
}
