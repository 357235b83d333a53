namespace ScoreGpu.Kernels.Generator.Tables;

/// <summary>
/// The methods of the base library that kernels may call, each with its text in OpenCL C and in CUDA C; {0}, {1}, …
/// stand for the arguments. The key is the method with its parameters' types.
/// </summary>
internal static class MethodTable
{
    private static readonly Dictionary<string, (string OpenCl, string Cuda)> s_methods = Build();

    internal static bool TryGet(string signature, out (string OpenCl, string Cuda) text)
        => s_methods.TryGetValue(signature, out text);

    private static Dictionary<string, (string OpenCl, string Cuda)> Build()
    {
        Dictionary<string, (string, string)> table = [];

        // The same name in both languages, apart from CUDA's f.
        string[] unary =
        [
            "Acos", "Acosh", "Asin", "Asinh", "Atan", "Atanh", "Cbrt", "Cos", "Cosh", "Exp", "Floor", "Log", "Log10",
            "Log2", "Sin", "Sinh", "Sqrt", "Tan", "Tanh",
        ];
        foreach (string name in unary)
        {
            string c = name.ToLowerInvariant();
            table[$"System.MathF.{name}(float)"] = ($"{c}({{0}})", $"{c}f({{0}})");
        }

        table["System.MathF.Abs(float)"] = ("fabs({0})", "fabsf({0})");
        table["System.MathF.Ceiling(float)"] = ("ceil({0})", "ceilf({0})");
        table["System.MathF.Round(float)"] = ("rint({0})", "rintf({0})");
        table["System.MathF.Truncate(float)"] = ("trunc({0})", "truncf({0})");
        table["System.MathF.ReciprocalSqrtEstimate(float)"] = ("rsqrt({0})", "rsqrtf({0})");
        table["System.MathF.Atan2(float, float)"] = ("atan2({0}, {1})", "atan2f({0}, {1})");
        table["System.MathF.CopySign(float, float)"] = ("copysign({0}, {1})", "copysignf({0}, {1})");
        table["System.MathF.Pow(float, float)"] = ("pow({0}, {1})", "powf({0}, {1})");
        table["System.MathF.FusedMultiplyAdd(float, float, float)"] = ("fma({0}, {1}, {2})", "fmaf({0}, {1}, {2})");

        foreach (string type in new[] { "System.MathF", "System.Math" })
        {
            table[$"{type}.Max(float, float)"] = ("fmax({0}, {1})", "fmaxf({0}, {1})");
            table[$"{type}.Min(float, float)"] = ("fmin({0}, {1})", "fminf({0}, {1})");
        }

        table["System.Math.Abs(float)"] = ("fabs({0})", "fabsf({0})");
        table["System.Math.Abs(int)"] = ("(int)abs({0})", "abs({0})");
        table["System.Math.Clamp(float, float, float)"] = ("clamp({0}, {1}, {2})", "fminf(fmaxf({0}, {1}), {2})");
        foreach (string number in new[] { "int", "uint", "long", "ulong" })
        {
            table[$"System.Math.Max({number}, {number})"] = ("max({0}, {1})", "max({0}, {1})");
            table[$"System.Math.Min({number}, {number})"] = ("min({0}, {1})", "min({0}, {1})");
            table[$"System.Math.Clamp({number}, {number}, {number})"] =
                ("clamp({0}, {1}, {2})", "min(max({0}, {1}), {2})");
        }

        table["System.Math.BigMul(uint, uint)"] =
            ("((ulong)({0}) * (ulong)({1}))", "((unsigned long long)({0}) * (unsigned long long)({1}))");

        table["System.BitConverter.Int32BitsToSingle(int)"] = ("as_float({0})", "__int_as_float({0})");
        table["System.BitConverter.UInt32BitsToSingle(uint)"] = ("as_float({0})", "__uint_as_float({0})");
        table["System.BitConverter.SingleToInt32Bits(float)"] = ("as_int({0})", "__float_as_int({0})");
        table["System.BitConverter.SingleToUInt32Bits(float)"] = ("as_uint({0})", "__float_as_uint({0})");

        // Inlined, these keep their meaning where the compiler is told that there are no infinities.
        table["float.IsNaN(float)"] = ("(isnan({0}) != 0)", "(isnan({0}) != 0)");
        table["float.IsInfinity(float)"] = ("(isinf({0}) != 0)", "(isinf({0}) != 0)");
        table["float.IsFinite(float)"] = ("(isfinite({0}) != 0)", "(isfinite({0}) != 0)");
        return table;
    }
}
