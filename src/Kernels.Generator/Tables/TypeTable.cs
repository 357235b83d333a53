using Microsoft.CodeAnalysis;

namespace ScoreGpu.Kernels.Generator.Tables;

/// <summary>The numbers of C#, with their size and their names in OpenCL C and CUDA C.</summary>
internal static class TypeTable
{
    private static readonly Dictionary<SpecialType, (string CSharp, string OpenCl, string Cuda, int Size)> s_types
        = new()
        {
            [SpecialType.System_Boolean] = ("bool", "bool", "bool", 1),
            [SpecialType.System_SByte] = ("sbyte", "char", "signed char", 1),
            [SpecialType.System_Byte] = ("byte", "uchar", "unsigned char", 1),
            [SpecialType.System_Int16] = ("short", "short", "short", 2),
            [SpecialType.System_UInt16] = ("ushort", "ushort", "unsigned short", 2),
            [SpecialType.System_Int32] = ("int", "int", "int", 4),
            [SpecialType.System_UInt32] = ("uint", "uint", "unsigned int", 4),
            [SpecialType.System_Int64] = ("long", "long", "long long", 8),
            [SpecialType.System_UInt64] = ("ulong", "ulong", "unsigned long long", 8),
            [SpecialType.System_Single] = ("float", "float", "float", 4),
        };

    internal static bool Has(ITypeSymbol type) => s_types.ContainsKey(type.SpecialType);

    internal static string CSharp(ITypeSymbol type) => s_types[type.SpecialType].CSharp;

    internal static string OpenCl(ITypeSymbol type) => s_types[type.SpecialType].OpenCl;

    internal static string Cuda(ITypeSymbol type) => s_types[type.SpecialType].Cuda;

    internal static int Size(ITypeSymbol type) => s_types[type.SpecialType].Size;

    internal static bool IsInteger(ITypeSymbol type)
        => Has(type) && type.SpecialType is not (SpecialType.System_Single or SpecialType.System_Boolean);

    internal static bool IsWide(ITypeSymbol type)
        => type.SpecialType is SpecialType.System_Int64 or SpecialType.System_UInt64;
}
