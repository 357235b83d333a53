using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScoreGpu.Kernels.Generator.Diagnostics;

namespace ScoreGpu.Kernels.Generator.Analysis;

/// <summary>
/// Walks a function once: reports what is outside the dialect, finds where every view points and whether it is
/// written, and analyses what the function calls.
/// </summary>
internal sealed partial class FunctionAnalyzer : CSharpSyntaxWalker
{
    private readonly KernelProgram _program;
    private readonly FunctionInstance _function;
    private readonly bool _isKernel;

    private FunctionAnalyzer(KernelProgram program, FunctionInstance function, bool isKernel)
    {
        _program = program;
        _function = function;
        _isKernel = isKernel;
    }

    private DiagnosticBag Diagnostics => _program.Diagnostics;

    internal static void Run(KernelProgram program, FunctionInstance function, bool isKernel)
    {
        var analyzer = new FunctionAnalyzer(program, function, isKernel);
        analyzer.AddParameters();
        analyzer.Visit(function.Body);
        analyzer.Propagate();
        if (function.HasBarrier)
        {
            BarrierRules.Check(program, function);
        }
    }

    public override void Visit(SyntaxNode? node)
    {
        // A local function is analysed where it is called.
        if (node is null or LocalFunctionStatementSyntax || DialectRules.Rejects(_function, node, Diagnostics))
        {
            return;
        }

        if (node is ExpressionSyntax expression)
        {
            if (_function.Model.GetConstantValue(expression).HasValue)
            {
                return;
            }

            NoteCallWithoutParentheses(expression);
        }

        base.Visit(node);
    }

    public override void VisitVariableDeclarator(VariableDeclaratorSyntax node)
    {
        base.VisitVariableDeclarator(node);
        if (_function.Model.GetDeclaredSymbol(node) is not ILocalSymbol local)
        {
            return;
        }

        ITypeSymbol type = _function.Types.Resolve(local.Type);
        if (DialectSymbols.IsView(type))
        {
            DeclareView(node, local, type);
        }
        else if (local.RefKind != RefKind.None && node.Initializer is { } initializer)
        {
            Declare(local, initializer.Value, writes: local.RefKind == RefKind.Ref);
        }
        else if (type is IArrayTypeSymbol array)
        {
            DeclareArray(node, local, array);
        }
        else
        {
            DialectRules.CheckValueType(node.Identifier.GetLocation(), node.Identifier.Text, type, Diagnostics);
        }
    }

    public override void VisitAssignmentExpression(AssignmentExpressionSyntax node)
    {
        CheckIsStatement(node);
        base.VisitAssignmentExpression(node);
        if (node.Left is TupleExpressionSyntax tuple)
        {
            foreach (ArgumentSyntax argument in tuple.Arguments)
            {
                MarkWritten(argument.Expression);
            }

            if (tuple.Arguments.Any(argument => DialectSymbols.IsView(_function.TypeOf(argument.Expression))))
            {
                Diagnostics.Add(KernelDiagnostics.ViewUse, node, "A tuple cannot hold views: assign them one by one");
            }
        }
        else if (DialectSymbols.IsView(_function.TypeOf(node.Left)))
        {
            Reassign(node);
        }
        else
        {
            MarkWritten(node.Left);
        }
    }

    public override void VisitInitializerExpression(InitializerExpressionSyntax node)
    {
        foreach (ExpressionSyntax item in node.Expressions)
        {
            // 'Field = value' here names a field of the new struct and assigns to no variable.
            Visit(item is AssignmentExpressionSyntax field ? field.Right : item);
        }
    }

    public override void VisitPrefixUnaryExpression(PrefixUnaryExpressionSyntax node)
    {
        base.VisitPrefixUnaryExpression(node);
        if (node.IsKind(SyntaxKind.PreIncrementExpression) || node.IsKind(SyntaxKind.PreDecrementExpression))
        {
            CheckIsStatement(node);
            MarkWritten(node.Operand);
        }
    }

    public override void VisitPostfixUnaryExpression(PostfixUnaryExpressionSyntax node)
    {
        base.VisitPostfixUnaryExpression(node);
        CheckIsStatement(node);
        MarkWritten(node.Operand);
    }

    public override void VisitElementAccessExpression(ElementAccessExpressionSyntax node)
    {
        base.VisitElementAccessExpression(node);
        bool isTarget = node.Parent is AssignmentExpressionSyntax assignment && assignment.Left == node
            && assignment.IsKind(SyntaxKind.SimpleAssignmentExpression);
        if (!isTarget && Root(node) is { } facts)
        {
            facts.IsRead = true;
        }
    }

    public override void VisitMemberAccessExpression(MemberAccessExpressionSyntax node)
    {
        base.VisitMemberAccessExpression(node);
        if (DialectSymbols.IsLength(_function.SymbolOf(node)))
        {
            MarkNeedsLength(node.Expression);
        }
    }

    public override void VisitInvocationExpression(InvocationExpressionSyntax node)
    {
        base.VisitInvocationExpression(node);
        AnalyseCall(node);
    }

    private void AddParameters()
    {
        for (int i = 0; i < _function.Parameters.Count; i++)
        {
            IParameterSymbol parameter = _function.Parameters[i];
            ITypeSymbol type = _function.Types.Resolve(parameter.Type);
            bool isArray = type is IArrayTypeSymbol;
            bool isReference = parameter.RefKind is RefKind.Ref or RefKind.Out;
            if (DialectSymbols.IsView(type) || isArray || isReference)
            {
                int? length = isArray ? _function.Shapes[i].ArrayLength : null;
                _function.Facts[parameter] = new ViewFacts(_function.Shapes[i].Space) { ConstantLength = length };
            }

            if (!_isKernel && !DialectSymbols.IsView(type))
            {
                Location place = parameter.Locations[0];
                ITypeSymbol value = type is IArrayTypeSymbol array ? array.ElementType : type;
                DialectRules.CheckValueType(place, parameter.Name, value, Diagnostics);
            }
        }
    }

    private void DeclareView(VariableDeclaratorSyntax node, ILocalSymbol local, ITypeSymbol type)
    {
        DialectRules.CheckValueType(
            node.Identifier.GetLocation(), node.Identifier.Text, DialectSymbols.Element(type), Diagnostics);
        if (node.Initializer is not { } initializer)
        {
            Diagnostics.Add(KernelDiagnostics.ViewUse, node, "A view is given a value where it is declared");
            return;
        }

        ViewFacts facts = Declare(local, initializer.Value, writes: false);
        if (initializer.Value is InvocationExpressionSyntax call)
        {
            switch (DialectSymbols.StaticMember(_function.SymbolOf(call)))
            {
                case "SharedMemory.Allocate":
                    facts.ConstantLength = ConstantEvaluator.Integer(
                        _function, call.ArgumentList.Arguments[0].Expression);
                    _function.DeclaresShared = true;
                    break;
                case "SharedMemory.GetDynamic":
                    facts.IsDynamicShared = true;
                    _function.UsesDynamicShared = true;
                    break;
                default:
                    break;
            }
        }
    }

    private ViewFacts Declare(ILocalSymbol local, ExpressionSyntax value, bool writes)
    {
        (MemorySpace space, ISymbol? root) = StorageResolver.Resolve(_function, value);
        var facts = new ViewFacts(space);
        _function.Facts[local] = facts;
        AddSource(facts, value, root);
        if (writes && root is not null)
        {
            facts.IsWritten = true;
        }

        return facts;
    }

    private void DeclareArray(VariableDeclaratorSyntax node, ILocalSymbol local, IArrayTypeSymbol array)
    {
        DialectRules.CheckValueType(
            node.Identifier.GetLocation(), node.Identifier.Text, array.ElementType, Diagnostics);
        int? length = PrivateArrays.Length(_function, node.Initializer?.Value);
        if (array.Rank != 1 || length is null or < 1)
        {
            Diagnostics.Add(
                KernelDiagnostics.PrivateArray,
                node,
                array.Rank != 1 ? "A private array has one dimension" : "A private array has a constant length");
        }

        _function.Facts[local] = new ViewFacts(MemorySpace.Private) { ConstantLength = length ?? 1 };
    }

    private void Reassign(AssignmentExpressionSyntax node)
    {
        ViewFacts? facts = _function.FactsOf(_function.SymbolOf(node.Left));
        (MemorySpace space, ISymbol? root) = StorageResolver.Resolve(_function, node.Right);
        if (facts is null || facts.Space != space)
        {
            Diagnostics.Add(
                KernelDiagnostics.ViewUse, node, "A view stays in one kind of memory: declare another for this one");
            return;
        }

        if (facts.ConstantLength is not null || facts.IsDynamicShared)
        {
            Diagnostics.Add(
                KernelDiagnostics.ViewUse, node, "Shared memory keeps its name: declare another view that changes");
        }

        AddSource(facts, node.Right, root);
    }

    private void AddSource(ViewFacts facts, ExpressionSyntax value, ISymbol? root)
    {
        if (root is not null)
        {
            // A part with its own length is all that needs nothing of the whole's.
            bool isPart = value is InvocationExpressionSyntax { ArgumentList.Arguments.Count: 2 };
            facts.Sources.Add((root, !isPart));
        }

        if (value is ConditionalExpressionSyntax conditional)
        {
            (MemorySpace space, ISymbol? other) = StorageResolver.Resolve(_function, conditional.WhenFalse);
            if (space != facts.Space)
            {
                Diagnostics.Add(
                    KernelDiagnostics.ViewUse, value, "Both views of a conditional must be in one kind of memory");
            }

            if (other is not null)
            {
                facts.Sources.Add((other, true));
            }
        }
    }

    private void MarkWritten(ExpressionSyntax target)
    {
        if (Root(target) is { } facts)
        {
            facts.IsWritten = true;
        }
    }

    private void MarkNeedsLength(ExpressionSyntax view)
    {
        if (view is IdentifierNameSyntax && _function.FactsOf(_function.SymbolOf(view)) is { } facts)
        {
            facts.NeedsLength = true;
        }
        else if (view is ParenthesizedExpressionSyntax inner)
        {
            MarkNeedsLength(inner.Expression);
        }
        else if (view is ConditionalExpressionSyntax conditional)
        {
            MarkNeedsLength(conditional.WhenTrue);
            MarkNeedsLength(conditional.WhenFalse);
        }
        else if (view is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax part } call
            && call.ArgumentList.Arguments.Count == 1)
        {
            // The part from an offset to the end is as long as the whole, less the offset.
            MarkNeedsLength(part.Expression);
        }
    }

    private ViewFacts? Root(ExpressionSyntax expression)
        => _function.FactsOf(StorageResolver.Resolve(_function, expression).Root);

    /// <summary>What is written through a view is written in those that it was made from.</summary>
    private void Propagate()
    {
        // Sources are declared before the views made from them, apart from assignments in loops.
        for (int round = 0; round < 3; round++)
        {
            foreach (ViewFacts facts in _function.Facts.Values.Reverse())
            {
                foreach ((ISymbol source, bool isWhole) in facts.Sources)
                {
                    ViewFacts sourceFacts = _function.Facts[source];
                    sourceFacts.IsWritten |= facts.IsWritten;
                    sourceFacts.IsRead |= facts.IsRead;
                    sourceFacts.NeedsLength |= facts.NeedsLength && isWhole;
                }
            }
        }
    }

    private void CheckIsStatement(ExpressionSyntax expression)
    {
        bool isStatement = expression.Parent is ExpressionStatementSyntax or ForStatementSyntax
            || (expression.Parent is ArrowExpressionClauseSyntax && _function.Method.ReturnsVoid);
        if (!isStatement)
        {
            Diagnostics.Add(KernelDiagnostics.NestedAssignment, expression, expression.ToString());
        }
    }
}
