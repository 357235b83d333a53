using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ScoreGpu.Kernels.Generator.Analysis;

/// <summary>A method as one call reaches it: with its type arguments, and with where its views point.</summary>
internal sealed class FunctionInstance
{
    internal FunctionInstance(
        IMethodSymbol method, SyntaxNode declaration, SemanticModel model, TypeMap types, ParameterShape[] shapes)
    {
        Method = method;
        Declaration = declaration;
        Model = model;
        Types = types;
        Shapes = shapes;
        (Block, Arrow) = Bodies(declaration);
    }

    internal IMethodSymbol Method { get; }

    internal SyntaxNode Declaration { get; }

    internal BlockSyntax? Block { get; }

    internal ExpressionSyntax? Arrow { get; }

    internal SemanticModel Model { get; }

    internal TypeMap Types { get; }

    internal ParameterShape[] Shapes { get; }

    /// <summary>The function's name in the generated code.</summary>
    internal string Name { get; set; } = string.Empty;

    internal Dictionary<ISymbol, ViewFacts> Facts { get; } = new(SymbolEqualityComparer.Default);

    /// <summary>The function that each call, property or operator in the body reaches.</summary>
    internal Dictionary<SyntaxNode, FunctionInstance> Calls { get; } = [];

    internal bool HasBarrier { get; set; }

    internal bool UsesDynamicShared { get; set; }

    /// <summary>Whether shared memory of a constant size is declared.</summary>
    internal bool DeclaresShared { get; set; }

    /// <summary>The method's parameters by the symbols that its own body uses.</summary>
    internal IReadOnlyList<IParameterSymbol> Parameters => Method.OriginalDefinition.Parameters;

    internal bool HasSelf => !Method.IsStatic;

    internal SyntaxNode? Body => (SyntaxNode?)Block ?? Arrow;

    internal ITypeSymbol TypeOf(ExpressionSyntax expression)
    {
        TypeInfo info = Model.GetTypeInfo(expression);
        return Types.Resolve(info.Type ?? info.ConvertedType!);
    }

    internal ISymbol? SymbolOf(SyntaxNode node) => Model.GetSymbolInfo(node).Symbol;

    internal ViewFacts? FactsOf(ISymbol? symbol)
        => symbol is not null && Facts.TryGetValue(symbol, out ViewFacts? facts) ? facts : null;

    private static (BlockSyntax? Block, ExpressionSyntax? Arrow) Bodies(SyntaxNode declaration) => declaration switch
    {
        BaseMethodDeclarationSyntax method => (method.Body, method.ExpressionBody?.Expression),
        LocalFunctionStatementSyntax local => (local.Body, local.ExpressionBody?.Expression),
        AccessorDeclarationSyntax accessor => (accessor.Body, accessor.ExpressionBody?.Expression),
        ArrowExpressionClauseSyntax arrow => (null, arrow.Expression),
        PropertyDeclarationSyntax property => (null, property.ExpressionBody?.Expression),
        _ => (null, null),
    };
}
