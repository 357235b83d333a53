using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScoreGpu.Kernels.Generator.Diagnostics;

namespace ScoreGpu.Kernels.Generator.Translation;

/// <content>Switch expressions and patterns become conditions.</content>
internal sealed partial class FunctionTranslator
{
    private string Switch(SwitchExpressionSyntax choice)
    {
        string value = Simple(choice.GoverningExpression);
        if (choice.Arms.Count == 0 || choice.Arms.Last().Pattern is not DiscardPatternSyntax)
        {
            _program.Program.Diagnostics.Add(
                KernelDiagnostics.Pattern,
                choice,
                "A switch expression needs a last arm '_', for kernels cannot throw");
        }

        string text = "(";
        for (int i = 0; i < choice.Arms.Count; i++)
        {
            SwitchExpressionArmSyntax arm = choice.Arms[i];
            string result = Converted(arm.Expression);
            text += arm.Pattern is DiscardPatternSyntax || i == choice.Arms.Count - 1
                ? result
                : $"{Pattern(value, arm.Pattern)} ? {result} : ";
        }

        return text + ")";
    }

    /// <summary>What is compared several times must cost nothing and change nothing.</summary>
    private string Simple(ExpressionSyntax expression)
    {
        bool isSimple = expression is IdentifierNameSyntax or MemberAccessExpressionSyntax or LiteralExpressionSyntax;
        if (!isSimple)
        {
            _program.Program.Diagnostics.Add(
                KernelDiagnostics.Pattern,
                expression,
                $"Give '{expression}' a name first: it would be computed for each arm");
        }

        return Value(expression);
    }

    private string Pattern(string value, PatternSyntax pattern)
    {
        switch (pattern)
        {
            case ConstantPatternSyntax constant:
                return $"{value} == {Constant(constant.Expression)}";
            case RelationalPatternSyntax relation:
                return $"{value} {relation.OperatorToken.Text} {Constant(relation.Expression)}";
            case ParenthesizedPatternSyntax inner:
                return $"({Pattern(value, inner.Pattern)})";
            case UnaryPatternSyntax not:
                return $"!({Pattern(value, not.Pattern)})";
            case DiscardPatternSyntax:
                return "true";
            case BinaryPatternSyntax both:
                string operation = both.IsKind(SyntaxKind.OrPattern) ? "||" : "&&";
                return $"({Pattern(value, both.Left)} {operation} {Pattern(value, both.Right)})";
            default:
                // The analysis has reported it.
                return "false";
        }
    }
}
