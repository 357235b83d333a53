using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScoreGpu.Kernels.Generator.Analysis;
using ScoreGpu.Kernels.Generator.Diagnostics;
using ScoreGpu.Kernels.Generator.Tables;

namespace ScoreGpu.Kernels.Generator.Translation;

/// <content>Expressions. Parentheses are kept as written, for both languages group operators as C# does.</content>
internal sealed partial class FunctionTranslator
{
    private static string Name(string name) => CNames.Variable(name);

    private void Report(SyntaxNode node, string what, string instead)
        => _program.Program.Diagnostics.Add(KernelDiagnostics.NotInDialect, node, what, instead);

    /// <summary>An expression in the type that C# converts it to.</summary>
    private string Converted(ExpressionSyntax expression)
    {
        TypeInfo info = _function.Model.GetTypeInfo(expression);
        if (_function.Model.GetConstantValue(expression).HasValue || info.Type is null || info.ConvertedType is null)
        {
            return Value(expression);
        }

        ITypeSymbol from = _function.Types.Resolve(info.Type);
        ITypeSymbol to = _function.Types.Resolve(info.ConvertedType);

        // C widens to 64 bits later than C# does, and never when int meets uint; the other conversions agree.
        return TypeTable.IsInteger(from) && TypeTable.IsWide(to) && !TypeTable.IsWide(from)
            ? $"({_program.TypeName(to)}){Operand(expression)}"
            : Value(expression);
    }

    /// <summary>The same with every conversion written out, because C++ allows no narrowing in braces.</summary>
    private string Exactly(ExpressionSyntax expression)
    {
        TypeInfo info = _function.Model.GetTypeInfo(expression);
        bool isSame = info.Type is null || info.ConvertedType is null
            || SymbolEqualityComparer.Default.Equals(
                _function.Types.Resolve(info.Type), _function.Types.Resolve(info.ConvertedType));
        return isSame || !TypeTable.Has(info.ConvertedType!) || expression is LiteralExpressionSyntax
            ? Converted(expression)
            : $"({_program.TypeName(info.ConvertedType!)}){Operand(expression)}";
    }

    /// <summary>An expression in parentheses, unless it binds tighter than any operator.</summary>
    private string Operand(ExpressionSyntax expression)
    {
        string text = Value(expression);
        bool isTight = expression is LiteralExpressionSyntax or IdentifierNameSyntax or MemberAccessExpressionSyntax
            or ElementAccessExpressionSyntax or InvocationExpressionSyntax or ParenthesizedExpressionSyntax
            && !text.StartsWith("(", StringComparison.Ordinal);
        return isTight || expression is ParenthesizedExpressionSyntax ? text : $"({text})";
    }

    /// <summary>An expression that stands as a statement.</summary>
    private string Statement(ExpressionSyntax expression) => expression switch
    {
        AssignmentExpressionSyntax assignment => Assignment(assignment),
        PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax => Value(expression),
        _ => Value(expression),
    };

    /// <summary>An expression in its own type.</summary>
    private string Value(ExpressionSyntax expression)
    {
        if (_function.Calls.TryGetValue(expression, out FunctionInstance? callee)
            && expression is not InvocationExpressionSyntax)
        {
            return CallWithoutParentheses(expression, callee);
        }

        if (expression is CastExpressionSyntax or BinaryExpressionSyntax
            && _function.Model.GetConstantValue(expression) is { HasValue: true, Value: { } folded }
            && HasDouble(expression))
        {
            return _language.Literal(folded);
        }

        switch (expression)
        {
            case LiteralExpressionSyntax literal:
                return Literal(literal);
            case ParenthesizedExpressionSyntax inner:
                return $"({Converted(inner.Expression)})";
            case IdentifierNameSyntax identifier:
                return Identifier(identifier);
            case MemberAccessExpressionSyntax member:
                return Member(member);
            case ElementAccessExpressionSyntax element:
                return $"{ViewName(element.Expression)}[{Converted(element.ArgumentList.Arguments[0].Expression)}]";
            case InvocationExpressionSyntax call:
                return Call(call);
            case CastExpressionSyntax cast:
                return Cast(cast);
            case BinaryExpressionSyntax binary:
                return Binary(binary);
            case PrefixUnaryExpressionSyntax unary:
                return Prefix(unary);
            case PostfixUnaryExpressionSyntax unary:
                return Value(unary.Operand) + unary.OperatorToken.Text;
            case AssignmentExpressionSyntax assignment:
                return Assignment(assignment);
            case ConditionalExpressionSyntax conditional:
                return $"{Converted(conditional.Condition)} ? {Converted(conditional.WhenTrue)}"
                    + $" : {Converted(conditional.WhenFalse)}";
            case TupleExpressionSyntax tuple:
                return _language.Value(
                    _program.TypeName(_function.Types.Resolve(_function.Model.GetTypeInfo(tuple).ConvertedType!)),
                    string.Join(", ", tuple.Arguments.Select(argument => Exactly(argument.Expression))));
            case BaseObjectCreationExpressionSyntax creation:
                return Creation(creation);
            case DefaultExpressionSyntax or LiteralExpressionSyntax:
                return Default(_function.TypeOf(expression));
            case SwitchExpressionSyntax choice:
                return Switch(choice);
            case IsPatternExpressionSyntax test:
                return $"({Pattern(Simple(test.Expression), test.Pattern)})";
            case ThisExpressionSyntax:
                return "self";
            case SizeOfExpressionSyntax size:
                return $"(int)sizeof({_program.TypeName(TypeOf(size.Type))})";
            case CheckedExpressionSyntax unchecked_:
                return Converted(unchecked_.Expression);
            case RefExpressionSyntax reference:
                return Pointer(reference);
            default:
                Report(expression, $"'{expression}'", "use variables, numbers, operators and calls");
                return "0";
        }
    }

    private string Literal(LiteralExpressionSyntax literal)
    {
        if (literal.IsKind(SyntaxKind.DefaultLiteralExpression))
        {
            return Default(_function.TypeOf(literal));
        }

        object value = literal.Token.Value ?? 0;
        ITypeSymbol? target = _function.Model.GetTypeInfo(literal).ConvertedType;
        try
        {
            value = target?.SpecialType switch
            {
                SpecialType.System_Single when value is not double => Convert.ToSingle(value, null),
                SpecialType.System_UInt32 => Convert.ToUInt32(value, null),
                SpecialType.System_Int64 => Convert.ToInt64(value, null),
                SpecialType.System_UInt64 => Convert.ToUInt64(value, null),
                _ => value,
            };
        }
        catch (OverflowException)
        {
            // A negative literal's digits alone; the operator in front has the conversion.
        }

        return LiteralText.Of(_language, literal.Token, value);
    }

    private string Identifier(IdentifierNameSyntax identifier)
    {
        ISymbol? symbol = _function.SymbolOf(identifier);
        switch (symbol)
        {
            case IFieldSymbol { IsConst: true } field:
                return ConstantField(field);
            case IFieldSymbol or IPropertySymbol when symbol is { IsStatic: false }:
                return "self." + Name(symbol.Name);
            case ILocalSymbol or IParameterSymbol when IsReference(symbol):
                return $"(*{Name(symbol.Name)})";
            case IParameterSymbol { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } }:
                _program.Program.Diagnostics.Add(
                    KernelDiagnostics.StructMember,
                    identifier,
                    $"'{identifier}' is a parameter of a primary constructor: make the struct a record struct");
                return Name(identifier.Identifier.ValueText);
            default:
                return Name(identifier.Identifier.ValueText);
        }
    }

    private string ConstantField(IFieldSymbol field)
        => field.DeclaringSyntaxReferences.Length > 0
            ? _program.ConstantName(field)
            : _language.Literal(field.ConstantValue ?? 0);

    private bool IsReference(ISymbol symbol)
        => _function.FactsOf(symbol) is not null
            && TypeOf(symbol) is { } type && type is not IArrayTypeSymbol && !DialectSymbols.IsView(type);

    private string Member(MemberAccessExpressionSyntax member)
    {
        ISymbol? symbol = _function.SymbolOf(member);
        if (DialectSymbols.StaticMember(symbol) is { } index)
        {
            if (index == IndexTable.GroupExtent && _program.Program.GroupSize > 0)
            {
                return "GROUP_SIZE";
            }

            if (IndexTable.TryGet(index, out (string OpenCl, string Cuda) text))
            {
                return _language.Choose(text);
            }
        }

        if (symbol is IFieldSymbol { IsConst: true } field)
        {
            return ConstantField(field);
        }

        if (DialectSymbols.IsLength(symbol))
        {
            return Length(member.Expression);
        }

        string name = symbol is IFieldSymbol { CorrespondingTupleField: { } item }
            ? item.Name
            : member.Name.Identifier.ValueText;
        if (_function.SymbolOf(member.Expression) is ILocalSymbol or IParameterSymbol
            && IsReference(_function.SymbolOf(member.Expression)!))
        {
            return $"{Name(((IdentifierNameSyntax)member.Expression).Identifier.ValueText)}->{Name(name)}";
        }

        return $"{Operand(member.Expression)}.{Name(name)}";
    }

    private string Prefix(PrefixUnaryExpressionSyntax unary)
    {
        string operand = Converted(unary.Operand);
        string operation = unary.OperatorToken.Text;

        // Two signs in a row would be one operator in C.
        return operand[0] == operation[0] ? $"{operation}({operand})" : operation + operand;
    }

    private string Cast(CastExpressionSyntax cast)
    {
        return $"({_program.TypeName(TypeOf(cast.Type))}){Operand(cast.Expression)}";
    }

    private string Binary(BinaryExpressionSyntax binary)
    {
        // One wide operand widens the other in C too.
        string left = TypeTable.IsWide(_function.TypeOf(binary.Right)) ? Value(binary.Left) : Converted(binary.Left);
        string right = TypeTable.IsWide(_function.TypeOf(binary.Left)) ? Value(binary.Right) : Converted(binary.Right);
        ITypeSymbol type = _function.TypeOf(binary);
        switch (binary.Kind())
        {
            case SyntaxKind.ModuloExpression when type.SpecialType == SpecialType.System_Single:
                return _language.Choose(($"fmod({left}, {right})", $"fmodf({left}, {right})"));
            case SyntaxKind.UnsignedRightShiftExpression:
                string signed = _program.TypeName(type);
                string unsigned = TypeTable.IsWide(type)
                    ? _language.Choose(("ulong", "unsigned long long"))
                    : _language.Choose(("uint", "unsigned int"));
                return $"({signed})(({unsigned})({left}) >> {ShiftCount(binary, type)})";
            case SyntaxKind.LeftShiftExpression or SyntaxKind.RightShiftExpression:
                return $"{left} {binary.OperatorToken.Text} {ShiftCount(binary, type)}";
            default:
                return $"{left} {binary.OperatorToken.Text} {right}";
        }
    }

    /// <summary>C# takes a shift count modulo the width; C leaves it undefined.</summary>
    private string ShiftCount(BinaryExpressionSyntax binary, ITypeSymbol type)
    {
        int mask = TypeTable.IsWide(type) ? 63 : 31;
        return ConstantEvaluator.Integer(_function, binary.Right) is { } count && (count & mask) == count
            ? Value(binary.Right)
            : $"({Operand(binary.Right)} & {mask})";
    }

    private string Assignment(AssignmentExpressionSyntax assignment)
    {
        if (assignment.Right is RefExpressionSyntax reference)
        {
            return $"{Name(assignment.Left.ToString())} = {Pointer(reference)}";
        }

        if (DialectSymbols.IsView(_function.TypeOf(assignment.Left)))
        {
            return ViewAssignment(assignment);
        }

        string left = Value(assignment.Left);
        string right = Converted(assignment.Right);
        string operation = assignment.OperatorToken.Text;
        if (assignment.IsKind(SyntaxKind.UnsignedRightShiftAssignmentExpression)
            || (assignment.IsKind(SyntaxKind.ModuloAssignmentExpression)
                && _function.TypeOf(assignment.Left).SpecialType == SpecialType.System_Single))
        {
            Report(assignment, $"'{operation}'", "write the operation out: a = a … b");
        }

        return $"{left} {operation} {right}";
    }

    private string Default(ITypeSymbol type)
        => TypeTable.Has(type) || type.TypeKind == TypeKind.Enum
            ? _language.Literal(Zero(type))
            : _language.Value(_program.TypeName(type), "0");

    private bool HasDouble(ExpressionSyntax expression)
        => expression.DescendantNodesAndSelf().OfType<ExpressionSyntax>().Any(
            node => _function.Model.GetTypeInfo(node).Type?.SpecialType
                is SpecialType.System_Double or SpecialType.System_Decimal);
}
