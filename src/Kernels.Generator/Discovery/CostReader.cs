using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScoreGpu.Kernels.Generator.Analysis;
using ScoreGpu.Kernels.Generator.Diagnostics;
using ScoreGpu.Kernels.Generator.Models;
using ScoreGpu.Kernels.Generator.Tables;

namespace ScoreGpu.Kernels.Generator.Discovery;

/// <summary>Reads <c>[KernelCost]</c>: turns its formulas into C# that evaluates them in double.</summary>
internal static class CostReader
{
    internal static CostModel? Read(IMethodSymbol method, DiagnosticBag diagnostics)
    {
        AttributeData? attribute = method.GetAttributes().FirstOrDefault(
            candidate => candidate.AttributeClass?.ToDisplayString() == DialectSymbols.CostAttribute);
        if (attribute is null)
        {
            return null;
        }

        string flops = AttributeValues.Named<string>(attribute, "Flops") ?? "0";
        string bytes = AttributeValues.Named<string>(attribute, "Bytes") ?? "0";
        Location place = (attribute.ApplicationSyntaxReference?.GetSyntax() ?? null)?.GetLocation()
            ?? method.Locations[0];
        return new CostModel(
            attribute.ConstructorArguments.FirstOrDefault().Value as string ?? "item",
            flops,
            bytes,
            Code(flops, method, place, diagnostics),
            Code(bytes, method, place, diagnostics));
    }

    private static string Code(string formula, IMethodSymbol method, Location place, DiagnosticBag diagnostics)
    {
        ExpressionSyntax expression = SyntaxFactory.ParseExpression(formula);
        if (expression.ContainsDiagnostics)
        {
            diagnostics.Add(KernelDiagnostics.CostFormula, place, formula);
            return "0";
        }

        return Code(expression, method, place, diagnostics);
    }

    private static string Code(
        ExpressionSyntax expression, IMethodSymbol method, Location place, DiagnosticBag diagnostics)
    {
        switch (expression)
        {
            case ParenthesizedExpressionSyntax inner:
                return $"({Code(inner.Expression, method, place, diagnostics)})";
            case LiteralExpressionSyntax { Token.Value: int or double } number:
                return number.Token.Text.TrimEnd('d', 'D') + (number.Token.Value is int ? ".0" : string.Empty);
            case BinaryExpressionSyntax binary when binary.Kind() is SyntaxKind.AddExpression
                or SyntaxKind.SubtractExpression or SyntaxKind.MultiplyExpression or SyntaxKind.DivideExpression:
                return $"{Code(binary.Left, method, place, diagnostics)} {binary.OperatorToken.Text} "
                    + Code(binary.Right, method, place, diagnostics);
            case IdentifierNameSyntax name when method.Parameters.Any(
                parameter => parameter.Name == name.Identifier.ValueText && TypeTable.Has(parameter.Type)):
                return $"value(\"{name.Identifier.ValueText}\")";
            default:
                diagnostics.Add(KernelDiagnostics.CostFormula, place, expression.ToString());
                return "0";
        }
    }
}
