using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScoreGpu.Kernels.Generator.Analysis;

/// <summary>Finds which memory an expression that is a view, an array or a place to assign to belongs to.</summary>
internal static class StorageResolver
{
    /// <summary>The memory, and the local or parameter that it is reached through (null if there is none).</summary>
    internal static (MemorySpace Space, ISymbol? Root) Resolve(FunctionInstance function, ExpressionSyntax expression)
    {
        switch (expression)
        {
            case ParenthesizedExpressionSyntax inner:
                return Resolve(function, inner.Expression);
            case RefExpressionSyntax reference:
                return Resolve(function, reference.Expression);
            case ElementAccessExpressionSyntax element:
                return Resolve(function, element.Expression);
            case ConditionalExpressionSyntax conditional:
                return Resolve(function, conditional.WhenTrue);
            case MemberAccessExpressionSyntax member when member.IsKind(SyntaxKind.SimpleMemberAccessExpression):
                return function.SymbolOf(member) is { IsStatic: true }
                    ? (MemorySpace.Private, null)
                    : Resolve(function, member.Expression);
            case InvocationExpressionSyntax call when function.SymbolOf(call) is IMethodSymbol method:
                return Resolve(function, call, method);
            default:
                ISymbol? symbol = function.SymbolOf(expression);
                ViewFacts? facts = function.FactsOf(symbol);
                return (facts?.Space ?? MemorySpace.Private, facts is null ? null : symbol);
        }
    }

    private static (MemorySpace Space, ISymbol? Root) Resolve(
        FunctionInstance function, InvocationExpressionSyntax call, IMethodSymbol method)
    {
        if ((DialectSymbols.IsSubView(method) || DialectSymbols.IsAsAligned(method))
            && call.Expression is MemberAccessExpressionSyntax member)
        {
            return Resolve(function, member.Expression);
        }

        return DialectSymbols.StaticMember(method) is "SharedMemory.Allocate" or "SharedMemory.GetDynamic"
            ? (MemorySpace.Shared, null)
            : (MemorySpace.Private, null);
    }
}
