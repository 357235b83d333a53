using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScoreGpu.Kernels.Generator.Diagnostics;
using ScoreGpu.Kernels.Generator.Tables;

namespace ScoreGpu.Kernels.Generator.Analysis;

/// <content>Calls: what each reaches, and what it does to the views that it is given.</content>
internal sealed partial class FunctionAnalyzer
{
    private void AnalyseCall(InvocationExpressionSyntax node)
    {
        if (_function.SymbolOf(node) is not IMethodSymbol method)
        {
            return;
        }

        switch (DialectSymbols.StaticMember(method))
        {
            case "Group.Barrier":
                _function.HasBarrier = true;
                return;
            case "SharedMemory.Allocate":
            case "SharedMemory.GetDynamic":
                CheckShared(node, method);
                return;
            case { } member when member.StartsWith("Atomic.", StringComparison.Ordinal):
                AnalyseAtomic(node);
                return;
            default:
                break;
        }

        if (DialectSymbols.IsAsAligned(method))
        {
            CheckAlignment(node);
            return;
        }

        if (DialectSymbols.IsSubView(method) || MethodTable.TryGet(DialectSymbols.Signature(method), out _))
        {
            return;
        }

        AnalyseSourceCall(node, method);
    }

    private void CheckAlignment(InvocationExpressionSyntax node)
    {
        if (ConstantEvaluator.Integer(_function, node.ArgumentList.Arguments[0].Expression) is not { } bytes
            || bytes < 1
            || (bytes & (bytes - 1)) != 0)
        {
            Diagnostics.Add(KernelDiagnostics.ViewUse, node, "An alignment is a constant and a power of two");
        }
    }

    private void AnalyseAtomic(InvocationExpressionSyntax node)
    {
        MarkWritten(node.ArgumentList.Arguments[0].Expression);
        if (Root(node.ArgumentList.Arguments[0].Expression) is { Space: not MemorySpace.Private } facts)
        {
            facts.IsRead = true;
            return;
        }

        Diagnostics.Add(
            KernelDiagnostics.ViewUse,
            node,
            "Atomic operations are on elements of global or shared views: no other work-item sees private variables");
    }

    private void AnalyseSourceCall(InvocationExpressionSyntax node, IMethodSymbol method)
    {
        if (method.MethodKind == MethodKind.DelegateInvoke)
        {
            Diagnostics.Add(KernelDiagnostics.Functions, node, "A call through a delegate");
            return;
        }

        if (method is { MethodKind: MethodKind.LocalFunction, IsStatic: false })
        {
            Diagnostics.Add(
                KernelDiagnostics.Functions, node, $"The local function '{method.Name}' is not static");
            return;
        }

        ITypeSymbol? receiver = Receiver(node.Expression);
        IMethodSymbol called = method.ReducedFrom ?? method;
        if (_function.Types.Resolve(called, receiver) is not { } target
            || (!target.IsStatic && target.ContainingType.TypeKind != TypeKind.Struct))
        {
            Diagnostics.Add(KernelDiagnostics.VirtualCall, node, method.Name);
            return;
        }

        if (!IsReadOnlyMember(target, node))
        {
            return;
        }

        List<(IParameterSymbol Parameter, ExpressionSyntax? Value)> arguments = CallArguments.Bind(node, method, target);
        var shapes = new ParameterShape[arguments.Count];
        for (int i = 0; i < shapes.Length; i++)
        {
            shapes[i] = ShapeOf(arguments[i].Parameter, arguments[i].Value);
        }

        if (_program.Instantiate(_function, target, shapes, node) is not { } callee)
        {
            return;
        }

        _function.Calls[node] = callee;
        _function.HasBarrier |= callee.HasBarrier;
        for (int i = 0; i < shapes.Length; i++)
        {
            PassFacts(callee, callee.Parameters[i], arguments[i].Value);
        }
    }

    private void PassFacts(FunctionInstance callee, IParameterSymbol parameter, ExpressionSyntax? value)
    {
        if (value is null || callee.FactsOf(parameter) is not { } inner)
        {
            return;
        }

        if (Root(value) is { } facts)
        {
            facts.IsWritten |= inner.IsWritten;
            facts.IsRead |= inner.IsRead;
        }

        if (inner.NeedsLength)
        {
            MarkNeedsLength(value);
        }
    }

    private ParameterShape ShapeOf(IParameterSymbol parameter, ExpressionSyntax? value)
    {
        ITypeSymbol type = _function.Types.Resolve(parameter.Type);
        bool isReference = parameter.RefKind is RefKind.Ref or RefKind.Out;
        if (value is null || !(DialectSymbols.IsView(type) || type is IArrayTypeSymbol || isReference))
        {
            return default;
        }

        if (value is DeclarationExpressionSyntax)
        {
            return new ParameterShape(MemorySpace.Private, 0);
        }

        int length = type is IArrayTypeSymbol ? Root(value)?.ConstantLength ?? 0 : 0;
        return new ParameterShape(StorageResolver.Resolve(_function, value).Space, length);
    }

    /// <summary>Properties and operators are calls as well.</summary>
    private void NoteCallWithoutParentheses(ExpressionSyntax expression)
    {
        if (expression is BinaryExpressionSyntax or PrefixUnaryExpressionSyntax or CastExpressionSyntax)
        {
            if (_function.SymbolOf(expression) is IMethodSymbol { MethodKind: not MethodKind.BuiltinOperator } method)
            {
                NoteOperator(expression, method);
            }

            return;
        }

        if (expression is not (MemberAccessExpressionSyntax or IdentifierNameSyntax)
            || expression.Parent is MemberAccessExpressionSyntax parent && parent.Name == expression
            || _function.SymbolOf(expression) is not IPropertySymbol { GetMethod: { } getter } property
            || DialectSymbols.IsLength(property)
            || DialectSymbols.StaticMember(property) is not null)
        {
            return;
        }

        ITypeSymbol? receiver = Receiver(expression);
        if (_function.Types.Resolve(getter, receiver) is not { } target)
        {
            Diagnostics.Add(KernelDiagnostics.VirtualCall, expression, property.Name);
            return;
        }

        if (!IsStored(target) && IsReadOnlyMember(target, expression)
            && _program.Instantiate(_function, target, [], expression) is { } callee)
        {
            _function.Calls[expression] = callee;
        }
    }

    private void NoteOperator(ExpressionSyntax expression, IMethodSymbol method)
    {
        ITypeSymbol? receiver = method.ContainingType.TypeKind == TypeKind.Interface
            ? expression.ChildNodes().OfType<ExpressionSyntax>().Select(_function.TypeOf).FirstOrDefault()
            : null;
        if (_function.Types.Resolve(method, receiver) is not { } target)
        {
            Diagnostics.Add(KernelDiagnostics.VirtualCall, expression, method.Name);
        }
        else if (_program.Instantiate(
            _function, target, new ParameterShape[target.Parameters.Length], expression) is { } callee)
        {
            _function.Calls[expression] = callee;
        }
    }

    /// <summary>Whether a property is a field of its struct, as the positional ones of a record are.</summary>
    private static bool IsStored(IMethodSymbol getter)
        => getter.ContainingType.GetMembers().OfType<IFieldSymbol>().Any(
            field => SymbolEqualityComparer.Default.Equals(
                field.AssociatedSymbol?.OriginalDefinition, getter.AssociatedSymbol?.OriginalDefinition));

    private bool IsReadOnlyMember(IMethodSymbol target, SyntaxNode call)
    {
        // What has no source is reported as such.
        if (target.IsStatic || target.IsReadOnly || target.ContainingType.IsReadOnly
            || target.DeclaringSyntaxReferences.Length == 0)
        {
            return true;
        }

        Diagnostics.Add(
            KernelDiagnostics.StructMember,
            call,
            $"'{target.Name}' could change its struct: mark it or the struct readonly, or write a static method");
        return false;
    }

    /// <summary>The type that a member is reached through: a type parameter, or the type of a value.</summary>
    private ITypeSymbol? Receiver(ExpressionSyntax expression)
    {
        if (expression is not MemberAccessExpressionSyntax member)
        {
            return _function.Method.ContainingType;
        }

        return _function.SymbolOf(member.Expression) switch
        {
            ITypeSymbol type => type,
            _ => _function.Model.GetTypeInfo(member.Expression).Type,
        };
    }

    private void CheckShared(InvocationExpressionSyntax node, IMethodSymbol method)
    {
        bool isTopLevel = _isKernel && node.Parent is EqualsValueClauseSyntax
        {
            Parent: VariableDeclaratorSyntax
            {
                Parent: VariableDeclarationSyntax { Parent: LocalDeclarationStatementSyntax statement },
            },
        } && statement.Parent == _function.Block;
        if (!isTopLevel)
        {
            Diagnostics.Add(KernelDiagnostics.SharedPlace, node);
        }

        if (method.Name == "Allocate"
            && ConstantEvaluator.Integer(_function, node.ArgumentList.Arguments[0].Expression) is null or < 1)
        {
            Diagnostics.Add(KernelDiagnostics.SharedSize, node.ArgumentList.Arguments[0]);
        }
    }
}
