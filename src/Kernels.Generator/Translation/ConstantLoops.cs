using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScoreGpu.Kernels.Generator.Analysis;

namespace ScoreGpu.Kernels.Generator.Translation;

/// <summary>Finds loops that run a small number of times that is known at build time.</summary>
internal static class ConstantLoops
{
    private const int MostRounds = 64;
    private const int MostBodies = 1024;

    /// <summary>
    /// Whether a loop is marked for unrolling: at most 64 rounds, at most 1024 bodies with the loops inside it, and no
    /// barrier.
    /// </summary>
    internal static bool ShouldUnroll(FunctionInstance function, ForStatementSyntax loop)
        => Rounds(function, loop) is > 1 and <= MostRounds
            && Bodies(function, loop) <= MostBodies
            && !loop.DescendantNodes().Any(node => HasBarrier(function, node));

    private static bool HasBarrier(FunctionInstance function, SyntaxNode node)
        => node is InvocationExpressionSyntax
            && (DialectSymbols.StaticMember(function.SymbolOf(node)) == "Group.Barrier"
                || (function.Calls.TryGetValue(node, out FunctionInstance? callee) && callee.HasBarrier));

    private static long Bodies(FunctionInstance function, ForStatementSyntax loop)
    {
        long inner = 1;
        foreach (ForStatementSyntax nested in loop.Statement.DescendantNodesAndSelf().OfType<ForStatementSyntax>())
        {
            if (nested.FirstAncestorOrSelf<ForStatementSyntax>(candidate => candidate != nested) == loop)
            {
                inner = Math.Max(inner, Bodies(function, nested));
            }
        }

        return (Rounds(function, loop) ?? 1) * inner;
    }

    /// <summary>The number of rounds of <c>for (int i = a; i &lt; b; i += c)</c>, or null.</summary>
    private static int? Rounds(FunctionInstance function, ForStatementSyntax loop)
    {
        if (loop.Declaration is not { Variables.Count: 1 } declaration
            || declaration.Variables[0] is not { Initializer: { } start } variable
            || loop.Condition is not BinaryExpressionSyntax { Left: IdentifierNameSyntax tested } condition
            || loop.Incrementors.Count != 1
            || tested.Identifier.ValueText != variable.Identifier.ValueText
            || ConstantEvaluator.Integer(function, start.Value) is not { } from
            || ConstantEvaluator.Integer(function, condition.Right) is not { } to
            || Step(function, loop.Incrementors[0]) is not { } by
            || by == 0
            || AssignsTo(loop.Statement, variable.Identifier.ValueText))
        {
            return null;
        }

        long distance = condition.Kind() switch
        {
            SyntaxKind.LessThanExpression when by > 0 => (long)to - from,
            SyntaxKind.LessThanOrEqualExpression when by > 0 => (long)to - from + 1,
            SyntaxKind.GreaterThanExpression when by < 0 => (long)from - to,
            SyntaxKind.GreaterThanOrEqualExpression when by < 0 => (long)from - to + 1,
            _ => -1,
        };
        long size = Math.Abs((long)by);
        return distance < 0 ? null : (int)Math.Min(int.MaxValue, (distance + size - 1) / size);
    }

    private static int? Step(FunctionInstance function, ExpressionSyntax step) => step switch
    {
        PostfixUnaryExpressionSyntax unary => unary.IsKind(SyntaxKind.PostIncrementExpression) ? 1 : -1,
        PrefixUnaryExpressionSyntax unary when unary.IsKind(SyntaxKind.PreIncrementExpression) => 1,
        PrefixUnaryExpressionSyntax unary when unary.IsKind(SyntaxKind.PreDecrementExpression) => -1,
        AssignmentExpressionSyntax assignment when assignment.IsKind(SyntaxKind.AddAssignmentExpression)
            => ConstantEvaluator.Integer(function, assignment.Right),
        AssignmentExpressionSyntax assignment when assignment.IsKind(SyntaxKind.SubtractAssignmentExpression)
            => -ConstantEvaluator.Integer(function, assignment.Right),
        _ => null,
    };

    private static bool AssignsTo(StatementSyntax body, string name)
        => body.DescendantNodes().Any(node => node switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left.ToString() == name,
            PostfixUnaryExpressionSyntax unary => unary.Operand.ToString() == name,
            PrefixUnaryExpressionSyntax unary => unary.Operand.ToString() == name
                && (unary.IsKind(SyntaxKind.PreIncrementExpression) || unary.IsKind(SyntaxKind.PreDecrementExpression)),
            ArgumentSyntax argument => !argument.RefKindKeyword.IsKind(SyntaxKind.None)
                && argument.Expression.ToString() == name,
            _ => false,
        });
}
