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
        string where = (AttributeValues.Named<string>(attribute, "Where") ?? string.Empty).Trim(' ', ';');
        List<string> known =
        [
            .. method.Parameters.Where(parameter => TypeTable.Has(parameter.Type)).Select(parameter => parameter.Name),
            .. where.Split(';').Select(symbol => symbol.Split(':')[0].Trim()),
        ];
        Location place = (attribute.ApplicationSyntaxReference?.GetSyntax() ?? null)?.GetLocation()
            ?? method.Locations[0];
        return new CostModel(
            attribute.ConstructorArguments.FirstOrDefault().Value as string ?? "item",
            flops,
            bytes,
            Code(flops, known, place, diagnostics),
            Code(bytes, known, place, diagnostics),
            where);
    }

    private static string Code(string formula, List<string> known, Location place, DiagnosticBag diagnostics)
    {
        ExpressionSyntax expression = SyntaxFactory.ParseExpression(formula);
        if (expression.ContainsDiagnostics)
        {
            diagnostics.Add(KernelDiagnostics.CostFormula, place, formula);
            return "0";
        }

        return Code(expression, known, place, diagnostics);
    }

    private static string Code(
        ExpressionSyntax expression, List<string> known, Location place, DiagnosticBag diagnostics)
    {
        switch (expression)
        {
            case ParenthesizedExpressionSyntax inner:
                return $"({Code(inner.Expression, known, place, diagnostics)})";
            case LiteralExpressionSyntax { Token.Value: int or double } number:
                return number.Token.Text.TrimEnd('d', 'D') + (number.Token.Value is int ? ".0" : string.Empty);
            case BinaryExpressionSyntax binary when binary.Kind() is SyntaxKind.AddExpression
                or SyntaxKind.SubtractExpression or SyntaxKind.MultiplyExpression or SyntaxKind.DivideExpression:
                return $"{Code(binary.Left, known, place, diagnostics)} {binary.OperatorToken.Text} "
                    + Code(binary.Right, known, place, diagnostics);
            case IdentifierNameSyntax name when known.Contains(name.Identifier.ValueText):
                return $"value(\"{name.Identifier.ValueText}\")";
            default:
                diagnostics.Add(KernelDiagnostics.CostFormula, place, expression.ToString());
                return "0";
        }
    }
}
