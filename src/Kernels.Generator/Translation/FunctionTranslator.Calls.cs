using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScoreGpu.Kernels.Generator.Analysis;
using ScoreGpu.Kernels.Generator.Tables;

namespace ScoreGpu.Kernels.Generator.Translation;

/// <content>Calls of functions, of the dialect and of the base library; creation of structs.</content>
internal sealed partial class FunctionTranslator
{
    private string Call(InvocationExpressionSyntax call)
    {
        if (_function.SymbolOf(call) is not IMethodSymbol method)
        {
            return "0";
        }

        if (_function.Calls.TryGetValue(call, out FunctionInstance? callee))
        {
            return $"{callee.Name}({string.Join(", ", Arguments(call, method, callee))})";
        }

        string? member = DialectSymbols.StaticMember(method);
        if (member == "Group.Barrier")
        {
            return _language.Barrier(_program.GlobalFence);
        }

        if (member?.StartsWith("Atomic.", StringComparison.Ordinal) == true
            && AtomicTable.TryGet(method.Name, out (string OpenCl, string Cuda) atomic))
        {
            return Atomic(call, _language.Choose(atomic));
        }

        if (DialectSymbols.IsSubView(method) || DialectSymbols.IsAsAligned(method))
        {
            return Pointer(call);
        }

        if (MethodTable.TryGet(DialectSymbols.Signature(method), out (string OpenCl, string Cuda) text))
        {
            object[] arguments = [.. call.ArgumentList.Arguments.Select(argument => Converted(argument.Expression))];
            return string.Format(null, _language.Choose(text), arguments);
        }

        // What cannot be called has its diagnostic already.
        return "0";
    }

    private List<string> Arguments(InvocationExpressionSyntax call, IMethodSymbol method, FunctionInstance callee)
    {
        List<string> texts = [];
        if (callee.HasSelf)
        {
            texts.Add(call.Expression is MemberAccessExpressionSyntax member ? Value(member.Expression) : "self");
        }

        List<(IParameterSymbol Parameter, ExpressionSyntax? Value)> bound =
            CallArguments.Bind(call, method, callee.Method);
        for (int i = 0; i < bound.Count; i++)
        {
            IParameterSymbol parameter = callee.Parameters[i];
            if (bound[i].Value is not { } value)
            {
                texts.Add(parameter.HasExplicitDefaultValue
                    ? DefaultArgument(parameter, callee.Types.Resolve(parameter.Type))
                    : "0");
                continue;
            }

            if (callee.FactsOf(parameter) is not { } facts)
            {
                texts.Add(Converted(value));
                continue;
            }

            texts.Add(Pointer(value));
            if (facts.NeedsLength && DialectSymbols.IsView(callee.Types.Resolve(parameter.Type)))
            {
                texts.Add(Length(value));
            }
        }

        return texts;
    }

    private string DefaultArgument(IParameterSymbol parameter, ITypeSymbol type)
        => parameter.ExplicitDefaultValue is { } value ? _language.Literal(value) : Default(type);

    private string CallWithoutParentheses(ExpressionSyntax expression, FunctionInstance callee)
    {
        if (callee.Method.MethodKind == MethodKind.PropertyGet)
        {
            // A property that is a constant here is written as its value, so that C sees a constant too.
            if (ConstantEvaluator.Integer(_function, expression) is { } value)
            {
                return _language.Literal(value);
            }

            string self = expression is MemberAccessExpressionSyntax member && callee.HasSelf
                ? Value(member.Expression)
                : "self";
            return $"{callee.Name}({(callee.HasSelf ? self : string.Empty)})";
        }

        IEnumerable<ExpressionSyntax> operands = expression switch
        {
            BinaryExpressionSyntax binary => [binary.Left, binary.Right],
            PrefixUnaryExpressionSyntax unary => [unary.Operand],
            CastExpressionSyntax cast => [cast.Expression],
            _ => [],
        };
        return $"{callee.Name}({string.Join(", ", operands.Select(Converted))})";
    }

    private string Atomic(InvocationExpressionSyntax call, string function)
    {
        SeparatedSyntaxList<ArgumentSyntax> arguments = call.ArgumentList.Arguments;
        ExpressionSyntax target = arguments[0].Expression;
        bool isFloat = _function.TypeOf(target).SpecialType == SpecialType.System_Single;
        if (isFloat && _language.PassesOffsets)
        {
            function = _program.FloatAdd(StorageResolver.Resolve(_function, target).Space);
        }

        string values = string.Join(", ", arguments.Skip(1).Select(argument => Converted(argument.Expression)));
        return $"{function}({Pointer(target)}, {values})";
    }

    private string Creation(BaseObjectCreationExpressionSyntax creation)
    {
        var type = (INamedTypeSymbol)_function.TypeOf(creation);
        List<(string Name, ITypeSymbol Type)> fields = [.. StructShape.Fields(type)];
        Dictionary<string, string> values = [];
        if (creation.ArgumentList is { } list && _function.SymbolOf(creation) is IMethodSymbol constructor)
        {
            for (int i = 0; i < list.Arguments.Count && i < constructor.Parameters.Length; i++)
            {
                string name = list.Arguments[i].NameColon?.Name.Identifier.ValueText ?? constructor.Parameters[i].Name;
                values[name] = Exactly(list.Arguments[i].Expression);
            }
        }

        foreach (ExpressionSyntax item in creation.Initializer?.Expressions ?? default)
        {
            if (item is AssignmentExpressionSyntax assignment)
            {
                values[assignment.Left.ToString()] = Exactly(assignment.Right);
            }
        }

        string[] texts =
        [
            .. fields.Select(field => values.TryGetValue(field.Name, out string? value) ? value : Default(field.Type)),
        ];
        return _language.Value(_program.TypeName(type), texts.Length == 0 ? "0" : string.Join(", ", texts));
    }
}
