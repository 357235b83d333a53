using System.Globalization;
using Microsoft.CodeAnalysis;
using ScoreGpu.Kernels.Generator.Analysis;
using ScoreGpu.Kernels.Generator.Tables;

namespace ScoreGpu.Kernels.Generator.Translation;

/// <summary>OpenCL C 1.2.</summary>
internal sealed class OpenClLanguage : Language
{
    internal override string Name => "OpenCL C 1.2";

    internal override string FunctionPrefix => "static inline ";

    // Where such a function is not inlined at once, the optimiser of PoCL 3.1 writes the address of the declared array
    // into it, and PoCL then leaves the function with one static array for all groups (docs/accelerators.md).
    internal override string DeclaredSharedPrefix => "static inline __attribute__((always_inline)) ";

    internal override string Restrict => "restrict";

    internal override string SharedPrefix => "__local ";

    internal override bool PassesOffsets => true;

    internal override string Scalar(ITypeSymbol type) => TypeTable.OpenCl(type);

    internal override string Space(MemorySpace space) => space switch
    {
        MemorySpace.Global => "__global ",
        MemorySpace.Shared => "__local ",
        _ => string.Empty,
    };

    internal override IEnumerable<string> EntryHead(string name, int groupSize)
    {
        yield return groupSize == 0
            ? "__kernel"
            : "__kernel __attribute__((reqd_work_group_size("
                + groupSize.ToString(CultureInfo.InvariantCulture) + ", 1, 1)))";
        yield return $"void {name}(";
    }

    internal override string Barrier(bool globalMemoryToo)
        => globalMemoryToo ? "barrier(CLK_LOCAL_MEM_FENCE | CLK_GLOBAL_MEM_FENCE)" : "barrier(CLK_LOCAL_MEM_FENCE)";

    // OpenCL C 1.2 has no word for it.
    internal override string Aligned(string pointer, string type, string bytes) => pointer;

    internal override string Value(string type, string fields) => $"({type}){{{fields}}}";

    internal override string Choose((string OpenCl, string Cuda) texts) => texts.OpenCl;

    internal override string NotFinite(float value)
        => float.IsNaN(value) ? "NAN" : value > 0 ? "INFINITY" : "(-INFINITY)";

    internal override string WideSuffix(bool isUnsigned) => isUnsigned ? "ul" : "l";
}
