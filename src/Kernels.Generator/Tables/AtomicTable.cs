namespace ScoreGpu.Kernels.Generator.Tables;

/// <summary>The atomic operations in both languages. OpenCL 1.2 adds no floats: that one has a function of its own.</summary>
internal static class AtomicTable
{
    private static readonly Dictionary<string, (string OpenCl, string Cuda)> s_operations = new()
    {
        ["Add"] = ("atomic_add", "atomicAdd"),
        ["Max"] = ("atomic_max", "atomicMax"),
        ["Min"] = ("atomic_min", "atomicMin"),
        ["Exchange"] = ("atomic_xchg", "atomicExch"),
        ["CompareExchange"] = ("atomic_cmpxchg", "atomicCAS"),
    };

    internal static bool TryGet(string name, out (string OpenCl, string Cuda) text)
        => s_operations.TryGetValue(name, out text);

    /// <summary>The name of the function that adds floats in one address space.</summary>
    internal static string OpenClFloatAdd(string space) => $"atomic_add_float_{space.TrimStart('_')}";

    /// <summary>The function that adds floats in one address space, as OpenCL C.</summary>
    internal static string OpenClFloatAddText(string space) =>
        $$"""
        // OpenCL 1.2 has no atomic addition of floats: try until no other work-item came between.
        static inline __attribute__((always_inline)) float {{OpenClFloatAdd(space)}}(volatile {{space}} float* target, float value)
        {
            // A guess: where it is wrong, the first try reads the value.
            uint seen = 0;
            uint old;
            do
            {
                old = seen;
                seen = atomic_cmpxchg((volatile {{space}} uint*)target, old, as_uint(as_float(old) + value));
            }
            while (seen != old);
            return as_float(old);
        }

        """;
}
