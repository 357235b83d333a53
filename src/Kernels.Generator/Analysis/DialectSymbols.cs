using Microsoft.CodeAnalysis;

namespace ScoreGpu.Kernels.Generator.Analysis;

/// <summary>Recognises the types and members of the kernel dialect.</summary>
internal static class DialectSymbols
{
    internal const string Namespace = "ScoreGpu.Kernels.Dialect";
    internal const string KernelAttribute = Namespace + ".KernelAttribute";
    internal const string InstanceAttribute = Namespace + ".KernelInstanceAttribute";
    internal const string CostAttribute = Namespace + ".KernelCostAttribute";

    /// <summary>A method as the tables name it: <c>System.MathF.Exp(float)</c>.</summary>
    internal static string Signature(IMethodSymbol method)
        => method.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat);

    internal static bool IsDialect(INamedTypeSymbol? type)
        => type?.ContainingNamespace?.ToDisplayString() == Namespace;

    internal static bool IsView(ITypeSymbol? type)
        => type is INamedTypeSymbol { Name: "View", Arity: 1 } named && IsDialect(named);

    internal static ITypeSymbol Element(ITypeSymbol type)
        => type is IArrayTypeSymbol array ? array.ElementType : ((INamedTypeSymbol)type).TypeArguments[0];

    /// <summary><c>Type.Member</c> if it belongs to one of the dialect's static classes, else null.</summary>
    internal static string? StaticMember(ISymbol? symbol)
        => symbol is { IsStatic: true } && IsDialect(symbol.ContainingType)
            ? symbol.ContainingType.Name + "." + symbol.Name
            : null;

    internal static bool IsSubView(IMethodSymbol method) => method.Name == "SubView" && IsView(method.ContainingType);

    internal static bool IsAsAligned(IMethodSymbol method)
        => method.Name == "AsAligned" && IsView(method.ContainingType);

    internal static bool IsLength(ISymbol? symbol)
        => symbol is IPropertySymbol { Name: "IntLength" or "Length" }
            && (IsView(symbol.ContainingType) || symbol.ContainingType.SpecialType == SpecialType.System_Array);
}
