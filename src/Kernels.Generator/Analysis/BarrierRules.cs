using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScoreGpu.Kernels.Generator.Diagnostics;

namespace ScoreGpu.Kernels.Generator.Analysis;

/// <summary>
/// Finds barriers that a part of a group may miss: after a return, or under a condition that depends on the
/// work-item.
/// </summary>
/// <remarks>
/// A value depends on the work-item if it is computed from <c>Group.IdxX</c>, from an element of a view, or from
/// another such value. That is more than truly differs (all may read the same element), never less, but for
/// parameters of functions, which count as equal.
/// </remarks>
internal sealed class BarrierRules
{
    private readonly KernelProgram _program;
    private readonly FunctionInstance _function;
    private readonly HashSet<ISymbol> _varying = new(SymbolEqualityComparer.Default);

    private BarrierRules(KernelProgram program, FunctionInstance function)
    {
        _program = program;
        _function = function;
    }

    internal static void Check(KernelProgram program, FunctionInstance function)
    {
        if (function.Block is null)
        {
            return;
        }

        var rules = new BarrierRules(program, function);
        rules.FindVarying();
        List<SyntaxNode> barriers =
        [
            .. function.Block.DescendantNodes(node => node is not LocalFunctionStatementSyntax).Where(rules.IsBarrier),
        ];
        foreach (SyntaxNode barrier in barriers)
        {
            rules.CheckConditions(barrier);
        }

        rules.CheckExits(barriers);
    }

    private bool IsBarrier(SyntaxNode node)
        => node is InvocationExpressionSyntax
            && (DialectSymbols.StaticMember(_function.SymbolOf(node)) == "Group.Barrier"
                || (_function.Calls.TryGetValue(node, out FunctionInstance? callee) && callee.HasBarrier));

    private void FindVarying()
    {
        int before;
        do
        {
            before = _varying.Count;
            foreach (SyntaxNode node in _function.Block!.DescendantNodes())
            {
                switch (node)
                {
                    case VariableDeclaratorSyntax { Initializer: { } value } declarator when Varies(value):
                        Add(_function.Model.GetDeclaredSymbol(declarator));
                        break;
                    // What some work-items alone assign differs, whatever they assign.
                    case AssignmentExpressionSyntax assignment
                        when Varies(assignment.Right) || IsConditional(assignment):
                        AddTargets(assignment.Left);
                        break;
                    case ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.RefKeyword } argument:
                        AddTargets(argument.Expression);
                        break;
                    case ArgumentSyntax { RefKindKeyword.RawKind: (int)SyntaxKind.OutKeyword } argument:
                        AddTargets(argument.Expression);
                        break;
                    default:
                        break;
                }
            }
        }
        while (_varying.Count > before);
    }

    private void AddTargets(ExpressionSyntax target)
    {
        foreach (SyntaxNode node in target.DescendantNodesAndSelf())
        {
            Add(node is SingleVariableDesignationSyntax
                ? _function.Model.GetDeclaredSymbol(node)
                : node is IdentifierNameSyntax ? _function.SymbolOf(node) : null);
        }
    }

    private void Add(ISymbol? symbol)
    {
        if (symbol is ILocalSymbol or IParameterSymbol
            && !DialectSymbols.IsView((symbol as ILocalSymbol)?.Type ?? ((IParameterSymbol)symbol).Type))
        {
            _varying.Add(symbol);
        }
    }

    private bool Varies(SyntaxNode value)
    {
        foreach (SyntaxNode node in value.DescendantNodesAndSelf())
        {
            bool varies = node switch
            {
                MemberAccessExpressionSyntax => DialectSymbols.StaticMember(_function.SymbolOf(node)) == "Group.IdxX",
                IdentifierNameSyntax => _function.SymbolOf(node) is { } symbol && _varying.Contains(symbol),
                ElementAccessExpressionSyntax element => StorageResolver.Resolve(_function, element).Space
                    != MemorySpace.Private,
                InvocationExpressionSyntax call => _function.Calls.TryGetValue(call, out FunctionInstance? callee)
                    && UsesIndex(callee),
                _ => false,
            };
            if (varies)
            {
                return true;
            }
        }

        return false;
    }

    private static bool UsesIndex(FunctionInstance function)
        => function.Body!.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Any(
                node => DialectSymbols.StaticMember(function.SymbolOf(node)) == "Group.IdxX")
            || function.Calls.Values.Any(UsesIndex);

    private void CheckConditions(SyntaxNode barrier)
    {
        SyntaxNode child = barrier;
        for (SyntaxNode? node = barrier.Parent; node is not null && node != _function.Block; node = node.Parent)
        {
            (string Word, SyntaxNode? Condition) construct = node switch
            {
                IfStatementSyntax statement when statement.Condition != child => ("if", statement.Condition),
                WhileStatementSyntax statement => ("while", statement.Condition),
                DoStatementSyntax statement => ("do", statement.Condition),
                ForStatementSyntax statement => ("for", statement.Condition),
                SwitchStatementSyntax statement => ("switch", statement.Expression),
                ConditionalExpressionSyntax expression when expression.Condition != child => ("?", expression.Condition),
                _ => (string.Empty, null),
            };
            if (construct.Condition is { } condition && Varies(condition))
            {
                Report(KernelDiagnostics.BarrierDivergent, barrier, condition, construct.Word);
                return;
            }

            child = node;
        }
    }

    private void CheckExits(List<SyntaxNode> barriers)
    {
        IEnumerable<SyntaxNode> exits = _function.Block!
            .DescendantNodes(node => node is not LocalFunctionStatementSyntax)
            .Where(node => node is ReturnStatementSyntax or BreakStatementSyntax or ContinueStatementSyntax);
        foreach (SyntaxNode exit in exits)
        {
            if (!IsConditional(exit))
            {
                continue;
            }

            SyntaxNode? loop = exit.FirstAncestorOrSelf<SyntaxNode>(IsLoop);
            SyntaxNode? missed = exit is ReturnStatementSyntax
                ? barriers.FirstOrDefault(barrier => barrier.SpanStart > exit.SpanStart
                    || (loop?.Span.Contains(barrier.Span) ?? false))
                : exit.Parent is SwitchSectionSyntax
                    ? null
                    : barriers.FirstOrDefault(barrier => loop?.Span.Contains(barrier.Span) ?? false);
            if (missed is not null)
            {
                Report(KernelDiagnostics.BarrierAfterReturn, exit, missed);
            }
        }
    }

    /// <summary>Whether some work-items of a group may leave here and others not.</summary>
    private bool IsConditional(SyntaxNode exit)
    {
        for (SyntaxNode? node = exit.Parent; node is not null && node != _function.Block; node = node.Parent)
        {
            SyntaxNode? condition = node switch
            {
                IfStatementSyntax statement => statement.Condition,
                WhileStatementSyntax statement => statement.Condition,
                ForStatementSyntax statement => statement.Condition,
                SwitchStatementSyntax statement => statement.Expression,
                _ => null,
            };
            if (condition is not null && Varies(condition))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsLoop(SyntaxNode node)
        => node is ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax;

    private void Report(DiagnosticDescriptor descriptor, SyntaxNode at, SyntaxNode other, params string[] more)
    {
        int line = other.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
        _program.Diagnostics.Add(descriptor, at, [line.ToString(CultureInfo.InvariantCulture), .. more]);
    }
}
