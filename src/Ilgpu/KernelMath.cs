using System.Reflection;
using ILGPU.Algorithms;
using ILGPU.Backends.OpenCL;
using ILGPU.Backends.PTX;
using ILGPU.Frontend;
using ILGPU.Frontend.Intrinsic;
using ILGPU.IR;
using ILGPU.IR.Intrinsics;
using ILGPU.IR.Values;

namespace ScoreGpu.Ilgpu;

/// <summary>The functions of <see cref="MathF"/> for which ILGPU has none, or none that is good to a float.</summary>
/// <remarks>
/// ILGPU translates a call that it does not know into one of an external function, which no driver finds. And of
/// <c>tanh</c>, <c>sin</c> and <c>cos</c> it makes the instructions <c>tanh.approx</c> (good to 2⁻¹¹), <c>sin.approx</c>
/// and <c>cos.approx</c> (2⁻²⁰) of NVIDIA's devices (PTX ISA, "Floating Point Instructions"). On the CPU ILGPU runs the kernels' own calls, and in OpenCL C it
/// writes the functions of that language: there is nothing to mend.
/// The polynomials are those of Moshier, "Methods and programs for mathematical functions", 1989, in single precision
/// (tanhf, sinf, cosf of Cephes).
/// </remarks>
internal static class KernelMath
{
    private const float TwoOverPi = 0.636619772f;

    // π/2 in parts of 24 bits: multiples of it are subtracted without loss.
    private const float HalfPi = 1.57079637f;
    private const float HalfPiRest = -4.37113883e-8f;

    // The polynomial is good to a float up to here, and 1 − 2/(e²ˣ + 1) beyond.
    private const float SmallTanh = 0.625f;

    /// <summary>Makes the functions known to the compilers of a context.</summary>
    /// <param name="builder">Builds the context; algorithms are enabled, since what is registered last is what counts.
    /// </param>
    public static void Register(Context.Builder builder)
    {
        MethodInfo multiplyAdd = Function(nameof(FusedMultiplyAdd));
        Remap(nameof(MathF.FusedMultiplyAdd), multiplyAdd, 3);
        Remap(nameof(MathF.Round), typeof(XMath).GetMethod(nameof(XMath.RoundToEven), [typeof(float)])!, 1);
        IntrinsicImplementationManager manager = builder.GetIntrinsicManager();
        manager.RegisterMethod(
            multiplyAdd,
            new PTXIntrinsic(typeof(KernelMath), nameof(WritePtx), IntrinsicImplementationMode.GenerateCode));
        manager.RegisterMethod(
            multiplyAdd,
            new CLIntrinsic(typeof(KernelMath), nameof(WriteOpenCl), IntrinsicImplementationMode.GenerateCode));
        Replace(manager, UnaryArithmeticKind.TanhF, nameof(Tanh));
        Replace(manager, UnaryArithmeticKind.SinF, nameof(Sin));
        Replace(manager, UnaryArithmeticKind.CosF, nameof(Cos));
    }

    /// <summary>x·y + z, rounded once.</summary>
    [IntrinsicImplementation]
    internal static float FusedMultiplyAdd(float x, float y, float z) => MathF.FusedMultiplyAdd(x, y, z);

    /// <summary>tanh x.</summary>
    internal static float Tanh(float x)
    {
        if (MathF.Abs(x) < SmallTanh)
        {
            float s = x * x;
            float series = FusedMultiplyAdd(s, -5.70498872745e-3f, 2.06390887954e-2f);
            series = FusedMultiplyAdd(s, series, -5.37397155531e-2f);
            series = FusedMultiplyAdd(s, series, 1.33314422036e-1f);
            series = FusedMultiplyAdd(s, series, -3.33332819422e-1f);
            return FusedMultiplyAdd(x * s, series, x);
        }

        return 1f - (2f / (MathF.Exp(2f * x) + 1f));
    }

    /// <summary>sin x, for |x| up to some thousand.</summary>
    internal static float Sin(float x) => SinOfQuarter(x, 0);

    /// <summary>cos x, for |x| up to some thousand.</summary>
    internal static float Cos(float x) => SinOfQuarter(x, 1);

    /// <summary>sin(x + quarter·π/2): x is taken to [−π/4, π/4], where a polynomial is sine or cosine.</summary>
    private static float SinOfQuarter(float x, int quarter)
    {
        float turns = MathF.Round(x * TwoOverPi);
        float r = FusedMultiplyAdd(-turns, HalfPiRest, FusedMultiplyAdd(-turns, HalfPi, x));
        int q = (int)turns + quarter;
        float s = r * r;
        float value = (q & 1) == 0
            ? FusedMultiplyAdd(
                r * s,
                FusedMultiplyAdd(s, FusedMultiplyAdd(s, -1.9515296e-4f, 8.3321609e-3f), -1.6666655e-1f),
                r)
            : FusedMultiplyAdd(
                s * s,
                FusedMultiplyAdd(s, FusedMultiplyAdd(s, 2.4433157e-5f, -1.3887316e-3f), 4.1666646e-2f),
                FusedMultiplyAdd(-0.5f, s, 1f));
        return (q & 2) == 0 ? value : -value;
    }

    private static void Remap(string name, MethodInfo target, int arguments)
    {
        Type[] types = [.. Enumerable.Repeat(typeof(float), arguments)];
        RemappedIntrinsics.AddRemapping(
            typeof(MathF).GetMethod(name, types)!, (ref InvocationContext context) => context.Method = target);
    }

    private static void Replace(IntrinsicImplementationManager manager, UnaryArithmeticKind kind, string function) =>
        manager.RegisterUnaryArithmetic(
            kind,
            BasicValueType.Float32,
            new PTXIntrinsic(Function(function), IntrinsicImplementationMode.Redirect));

    private static MethodInfo Function(string name) =>
        typeof(KernelMath).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!;

    private static void WritePtx(PTXBackend _, PTXCodeGenerator generator, Value value)
    {
        var x = generator.LoadPrimitive(value[0]);
        var y = generator.LoadPrimitive(value[1]);
        var z = generator.LoadPrimitive(value[2]);
        var result = generator.AllocateHardware(value);
        using var command = generator.BeginCommand("fma.rn.f32");
        command.AppendArgument(result);
        command.AppendArgument(x);
        command.AppendArgument(y);
        command.AppendArgument(z);
    }

    private static void WriteOpenCl(CLBackend _, CLCodeGenerator generator, Value value)
    {
        var result = generator.Allocate(value);
        using var statement = generator.BeginStatement(result);
        statement.AppendCommand("fma");
        statement.BeginArguments();
        for (int i = 0; i < 3; i++)
        {
            statement.AppendArgument(generator.Load(value[i]));
        }

        statement.EndArguments();
    }
}
