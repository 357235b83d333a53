using System.Globalization;
using Microsoft.CodeAnalysis;
using ScoreGpu.Kernels.Generator.Analysis;
using ScoreGpu.Kernels.Generator.Tables;

namespace ScoreGpu.Kernels.Generator.Translation;

/// <summary>CUDA C, as NVRTC compiles it: without any header.</summary>
internal sealed class CudaLanguage : Language
{
    internal override string Name => "CUDA C";

    internal override string FunctionPrefix => "static __device__ __forceinline__ ";

    internal override string Restrict => "__restrict__";

    internal override string SharedPrefix => "__shared__ ";

    internal override bool PassesOffsets => false;

    internal override string Scalar(ITypeSymbol type) => TypeTable.Cuda(type);

    internal override string Space(MemorySpace space) => string.Empty;

    internal override IEnumerable<string> EntryHead(string name, int groupSize)
    {
        string bounds = groupSize == 0
            ? string.Empty
            : $" __launch_bounds__({groupSize.ToString(CultureInfo.InvariantCulture)})";
        yield return $"extern \"C\" __global__ void{bounds}";
        yield return $"{name}(";
    }

    internal override string Barrier(bool globalMemoryToo) => "__syncthreads()";

    internal override string Aligned(string pointer, string type, string bytes)
        => $"({type}*)__builtin_assume_aligned({pointer}, {bytes})";

    internal override string Value(string type, string fields) => $"{type}{{{fields}}}";

    internal override string Choose((string OpenCl, string Cuda) texts) => texts.Cuda;

    internal override string NotFinite(float value)
        => float.IsNaN(value) ? "__int_as_float(0x7FFFFFFF)"
            : value > 0 ? "__int_as_float(0x7F800000)" : "__int_as_float((int)0xFF800000u)";

    internal override string WideSuffix(bool isUnsigned) => isUnsigned ? "ull" : "ll";
}
