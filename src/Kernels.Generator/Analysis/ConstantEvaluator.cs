using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScoreGpu.Kernels.Generator.Analysis;

/// <summary>
/// Finds the value of whole-number expressions that are constant in one instance of a function: C#'s own constants,
/// and static members of type arguments that return one.
/// </summary>
internal static class ConstantEvaluator
{
    /// <summary>The value of an expression, or null if it is not a constant integer.</summary>
    internal static int? Integer(FunctionInstance function, ExpressionSyntax expression)
    {
        Optional<object?> constant = function.Model.GetConstantValue(expression);
        if (constant is { HasValue: true, Value: int value })
        {
            return value;
        }

        return expression switch
        {
            ParenthesizedExpressionSyntax inner => Integer(function, inner.Expression),
            PrefixUnaryExpressionSyntax minus when minus.IsKind(SyntaxKind.UnaryMinusExpression)
                => -Integer(function, minus.Operand),
            BinaryExpressionSyntax binary => Binary(
                binary.Kind(), Integer(function, binary.Left), Integer(function, binary.Right)),
            MemberAccessExpressionSyntax or IdentifierNameSyntax => Property(function, expression),
            _ => null,
        };
    }

    private static int? Binary(SyntaxKind kind, int? left, int? right)
    {
        if (left is not { } a || right is not { } b)
        {
            return null;
        }

        return kind switch
        {
            SyntaxKind.AddExpression => a + b,
            SyntaxKind.SubtractExpression => a - b,
            SyntaxKind.MultiplyExpression => a * b,
            SyntaxKind.DivideExpression when b != 0 => a / b,
            SyntaxKind.ModuloExpression when b != 0 => a % b,
            SyntaxKind.LeftShiftExpression => a << b,
            SyntaxKind.RightShiftExpression => a >> b,
            _ => null,
        };
    }

    private static int? Property(FunctionInstance function, ExpressionSyntax expression)
    {
        if (DialectSymbols.IsLength(function.SymbolOf(expression)) && expression is MemberAccessExpressionSyntax access)
        {
            return function.FactsOf(function.SymbolOf(access.Expression))?.ConstantLength;
        }

        return function.Calls.TryGetValue(expression, out FunctionInstance? getter)
            ? Returned(getter) is { } value ? Integer(getter, value) : null
            : null;
    }

    private static ExpressionSyntax? Returned(FunctionInstance getter)
        => getter.Arrow
            ?? (getter.Block is { Statements.Count: 1 } block
                ? (block.Statements[0] as ReturnStatementSyntax)?.Expression
                : null);
}
