using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScoreGpu.Kernels.Generator.Analysis;

namespace ScoreGpu.Kernels.Generator.Translation;

/// <content>Views are pointers, with a length beside them where one is asked for; references are pointers too.</content>
internal sealed partial class FunctionTranslator
{
    /// <summary>The name or text that can be indexed.</summary>
    private string ViewName(ExpressionSyntax view)
        => view is IdentifierNameSyntax identifier ? Name(identifier.Identifier.ValueText) : $"({Pointer(view)})";

    /// <summary>The address of a view's first element, of an array, or of a place that is passed by reference.</summary>
    private string Pointer(ExpressionSyntax expression)
    {
        switch (expression)
        {
            case ParenthesizedExpressionSyntax inner:
                return $"({Pointer(inner.Expression)})";
            case RefExpressionSyntax reference:
                return Pointer(reference.Expression);
            case ConditionalExpressionSyntax conditional:
                return $"({Converted(conditional.Condition)} ? {Pointer(conditional.WhenTrue)}"
                    + $" : {Pointer(conditional.WhenFalse)})";
            case DeclarationExpressionSyntax declaration:
                return OutVariable(declaration);
            case IdentifierNameSyntax discard when _function.SymbolOf(discard) is IDiscardSymbol unwanted:
                return Discard(unwanted.Type);
            case InvocationExpressionSyntax call
                when _function.SymbolOf(call) is IMethodSymbol method && DialectSymbols.IsSubView(method)
                    && call.Expression is MemberAccessExpressionSyntax whole:
                return $"&{ViewName(whole.Expression)}[{Converted(call.ArgumentList.Arguments[0].Expression)}]";
            case InvocationExpressionSyntax call
                when _function.SymbolOf(call) is IMethodSymbol method && DialectSymbols.IsAsAligned(method)
                    && call.Expression is MemberAccessExpressionSyntax promised:
                return _language.Aligned(
                    Pointer(promised.Expression),
                    _program.TypeName(_function.Types.Resolve(DialectSymbols.Element(method.ContainingType))),
                    Converted(call.ArgumentList.Arguments[0].Expression));
            case IdentifierNameSyntax identifier when _function.FactsOf(_function.SymbolOf(identifier)) is not null:
                return Name(identifier.Identifier.ValueText);
            default:
                return "&" + Value(expression);
        }
    }

    /// <summary>A view's number of elements.</summary>
    private string Length(ExpressionSyntax view)
    {
        switch (view)
        {
            case ParenthesizedExpressionSyntax inner:
                return Length(inner.Expression);
            case ConditionalExpressionSyntax conditional:
                return $"({Converted(conditional.Condition)} ? {Length(conditional.WhenTrue)}"
                    + $" : {Length(conditional.WhenFalse)})";
            case InvocationExpressionSyntax call
                when _function.SymbolOf(call) is IMethodSymbol method && DialectSymbols.IsAsAligned(method)
                    && call.Expression is MemberAccessExpressionSyntax promised:
                return Length(promised.Expression);
            case InvocationExpressionSyntax call when call.Expression is MemberAccessExpressionSyntax whole:
                SeparatedSyntaxList<ArgumentSyntax> arguments = call.ArgumentList.Arguments;
                return arguments.Count == 2
                    ? Operand(arguments[1].Expression)
                    : $"({Length(whole.Expression)} - {Operand(arguments[0].Expression)})";
            default:
                ISymbol? symbol = _function.SymbolOf(view);
                return _function.FactsOf(symbol)?.ConstantLength is { } constant
                    ? _language.Literal(constant)
                    : symbol is null ? "0" : LengthName(symbol);
        }
    }

    private string ViewAssignment(AssignmentExpressionSyntax assignment)
    {
        string name = Name(assignment.Left.ToString());
        string text = $"{name} = {Pointer(assignment.Right)}";
        ISymbol? symbol = _function.SymbolOf(assignment.Left);
        return _function.FactsOf(symbol) is { NeedsLength: true }
            ? $"{text}, {LengthName(symbol!)} = {Length(assignment.Right)}"
            : text;
    }

    /// <summary>C has no declarations in arguments: this one goes before the statement.</summary>
    private string OutVariable(DeclarationExpressionSyntax declaration)
    {
        if (declaration.Designation is not SingleVariableDesignationSyntax single
            || _function.Model.GetDeclaredSymbol(single) is not ILocalSymbol local)
        {
            return Discard(_function.Model.GetTypeInfo(declaration).Type!);
        }

        _pendingDeclarations.Add($"{_program.TypeName(TypeOf(local))} {CNames.Variable(local.Name)};");
        return "&" + CNames.Variable(local.Name);
    }

    private string Discard(ITypeSymbol type)
    {
        string unused = Temporary("unused");
        _pendingDeclarations.Add($"{_program.TypeName(_function.Types.Resolve(type))} {unused};");
        return "&" + unused;
    }
}
