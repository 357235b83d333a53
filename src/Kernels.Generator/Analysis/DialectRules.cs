using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScoreGpu.Kernels.Generator.Diagnostics;
using ScoreGpu.Kernels.Generator.Tables;

namespace ScoreGpu.Kernels.Generator.Analysis;

/// <summary>What can be told of a piece of syntax alone: whether the dialect has it.</summary>
internal static class DialectRules
{
    /// <summary>Reports a node that is outside the dialect; true if there is no use in looking inside it.</summary>
    internal static bool Rejects(FunctionInstance function, SyntaxNode node, DiagnosticBag diagnostics)
    {
        if (RejectedSyntax.TryGet(node.Kind(), out (DiagnosticDescriptor Descriptor, string[] Words) rejection))
        {
            diagnostics.Add(rejection.Descriptor, node, rejection.Words);
            return true;
        }

        return node switch
        {
            SwitchExpressionArmSyntax arm => RejectsArm(arm, diagnostics),
            CaseSwitchLabelSyntax => false,
            CasePatternSwitchLabelSyntax label => RejectsLabel(label, diagnostics),
            PatternSyntax pattern => RejectsPattern(pattern, diagnostics),
            BaseObjectCreationExpressionSyntax creation => RejectsCreation(function, creation, diagnostics),
            LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 } => Reject(
                node, diagnostics, "using", "own resources on the host"),
            ExpressionSyntax expression => RejectsExpression(function, expression, diagnostics),
            _ => false,
        };
    }

    /// <summary>Reports a type that no variable of a kernel can have.</summary>
    internal static void CheckValueType(Location place, string name, ITypeSymbol type, DiagnosticBag diagnostics)
    {
        if (type.TypeKind == TypeKind.Error)
        {
            return;
        }

        string shown = type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
        if (type.SpecialType is SpecialType.System_Double or SpecialType.System_Decimal)
        {
            diagnostics.Add(KernelDiagnostics.DoubleArithmetic, place, name, shown);
        }
        else if (type is INamedTypeSymbol { Name: "Span" or "ReadOnlySpan" or "Memory" or "ReadOnlyMemory" })
        {
            diagnostics.Add(KernelDiagnostics.StackMemory, place, shown);
        }
        else if (type.TypeKind == TypeKind.Struct && type.SpecialType == SpecialType.None
            && StructShape.Problem(type) is { } problem)
        {
            diagnostics.Add(KernelDiagnostics.StructMember, place, $"'{name}': {problem}");
        }
        else if (StructShape.Problem(type) is not null)
        {
            diagnostics.Add(KernelDiagnostics.ValueType, place, name, shown);
        }
    }

    private static bool RejectsExpression(
        FunctionInstance function, ExpressionSyntax expression, DiagnosticBag diagnostics)
    {
        if (function.SymbolOf(expression) is IFieldSymbol { IsStatic: true, IsConst: false } field
            && field.ContainingType.TypeKind != TypeKind.Enum)
        {
            diagnostics.Add(KernelDiagnostics.StaticState, expression, field.Name);
            return true;
        }

        if (expression is (TypeSyntax and not IdentifierNameSyntax) or ParenthesizedExpressionSyntax)
        {
            return false;
        }

        ITypeSymbol? type = function.Model.GetTypeInfo(expression).Type;
        if (type?.SpecialType is SpecialType.System_Double or SpecialType.System_Decimal
            && function.SymbolOf(expression) is not ITypeSymbol)
        {
            diagnostics.Add(
                KernelDiagnostics.DoubleArithmetic,
                expression,
                expression.ToString(),
                type!.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat));
            return true;
        }

        return false;
    }

    private static bool RejectsCreation(
        FunctionInstance function, BaseObjectCreationExpressionSyntax creation, DiagnosticBag diagnostics)
    {
        ITypeSymbol type = function.TypeOf(creation);
        if (type.TypeKind is TypeKind.Error)
        {
            return true;
        }

        if (type.TypeKind != TypeKind.Struct)
        {
            string shown = type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
            diagnostics.Add(KernelDiagnostics.ValueType, creation, creation.ToString(), shown);
            return true;
        }

        if (DialectSymbols.IsView(type))
        {
            diagnostics.Add(
                KernelDiagnostics.ViewUse, creation, "Views come from parameters, SharedMemory and SubView");
            return true;
        }

        bool isPlain = function.SymbolOf(creation) is not IMethodSymbol { Parameters.Length: > 0 } constructor
            || (type.IsRecord && constructor.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax()
                is RecordDeclarationSyntax);
        if (!isPlain)
        {
            diagnostics.Add(
                KernelDiagnostics.StructMember,
                creation,
                $"'{type.Name}' has a constructor of its own: use a positional record struct, or 'new {type.Name} "
                    + "{ Field = … }'");
        }

        return !isPlain;
    }

    private static bool RejectsArm(SwitchExpressionArmSyntax arm, DiagnosticBag diagnostics)
        => arm.WhenClause is not null
            && Report(arm.WhenClause, diagnostics, "'when' has no translation: write if and else");

    private static bool RejectsLabel(CasePatternSwitchLabelSyntax label, DiagnosticBag diagnostics)
        => label is not { WhenClause: null, Pattern: ConstantPatternSyntax }
            && Report(label, diagnostics, "A switch statement has constant cases alone: write if and else");

    private static bool RejectsPattern(PatternSyntax pattern, DiagnosticBag diagnostics)
        => pattern is not (ConstantPatternSyntax or DiscardPatternSyntax or RelationalPatternSyntax
                or BinaryPatternSyntax or UnaryPatternSyntax or ParenthesizedPatternSyntax)
            && Report(
                pattern,
                diagnostics,
                $"The pattern '{pattern}' has no translation: compare with constants, or write if and else");

    private static bool Report(SyntaxNode node, DiagnosticBag diagnostics, string message)
    {
        diagnostics.Add(KernelDiagnostics.Pattern, node, message);
        return true;
    }

    private static bool Reject(SyntaxNode node, DiagnosticBag diagnostics, string what, string instead)
    {
        diagnostics.Add(KernelDiagnostics.NotInDialect, node, what, instead);
        return true;
    }
}
