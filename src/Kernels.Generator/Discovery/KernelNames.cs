using Microsoft.CodeAnalysis;
using ScoreGpu.Kernels.Generator.Analysis;

namespace ScoreGpu.Kernels.Generator.Discovery;

/// <summary>Names kernels after their class and method.</summary>
internal static class KernelNames
{
    private const string Suffix = "Kernel";

    internal static string Of(IMethodSymbol method)
    {
        string type = method.ContainingType.Name;
        if (!type.EndsWith(Suffix, StringComparison.Ordinal) || type.Length == Suffix.Length)
        {
            return CNames.Ascii(type + method.Name);
        }

        string subject = type.Substring(0, type.Length - Suffix.Length);
        return CNames.Ascii(method.Name == "Run" ? subject : subject + method.Name);
    }
}
