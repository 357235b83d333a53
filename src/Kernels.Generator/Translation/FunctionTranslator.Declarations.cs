using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScoreGpu.Kernels.Generator.Analysis;
using ScoreGpu.Kernels.Generator.Tables;

namespace ScoreGpu.Kernels.Generator.Translation;

/// <content>Declarations of variables, arrays, views and references, and deconstruction of tuples.</content>
internal sealed partial class FunctionTranslator
{
    private void WriteDeclarations(VariableDeclarationSyntax declaration, bool isConst, string behind)
    {
        foreach (VariableDeclaratorSyntax variable in declaration.Variables)
        {
            if (_function.Model.GetDeclaredSymbol(variable) is ILocalSymbol local)
            {
                WriteDeclaration(variable, local, isConst, behind);
            }
        }
    }

    private void WriteDeclaration(VariableDeclaratorSyntax variable, ILocalSymbol local, bool isConst, string behind)
    {
        ITypeSymbol type = TypeOf(local);
        string name = CNames.Variable(local.Name);
        if (_function.FactsOf(local) is not { } facts)
        {
            string value = variable.Initializer is { } initializer
                ? " = " + (isConst ? _language.Literal(local.ConstantValue ?? 0) : Converted(initializer.Value))
                : string.Empty;
            FlushDeclarations();
            _text.Line($"{(isConst ? "const " : string.Empty)}{_program.TypeName(type)} {name}{value};{behind}");
        }
        else if (DialectSymbols.IsView(type))
        {
            WriteView(variable.Initializer!.Value, local, facts, behind);
        }
        else if (type is IArrayTypeSymbol array)
        {
            WriteArray(variable.Initializer?.Value, name, array.ElementType, facts.ConstantLength ?? 1, behind);
        }
        else
        {
            string target = Pointer(variable.Initializer!.Value);
            FlushDeclarations();
            _text.Line($"{PointerType(facts, type)} {name} = {target};{behind}");
        }
    }

    private void WriteView(ExpressionSyntax value, ILocalSymbol local, ViewFacts facts, string behind)
    {
        string name = CNames.Variable(local.Name);
        ITypeSymbol element = DialectSymbols.Element(TypeOf(local));
        string? shared = value is InvocationExpressionSyntax call
            ? DialectSymbols.StaticMember(_function.SymbolOf(call))
            : null;
        if (shared == "SharedMemory.Allocate")
        {
            string length = (facts.ConstantLength ?? 1).ToString(CultureInfo.InvariantCulture);
            _text.Line($"{_language.SharedPrefix}{_program.TypeName(element)} {name}[{length}];{behind}");
            return;
        }

        string pointer = facts.IsDynamicShared
            ? $"({_language.Space(MemorySpace.Shared)}{_program.TypeName(element)}*)dynamicShared"
            : Pointer(value);
        if (facts.IsDynamicShared && !_language.PassesOffsets)
        {
            if (_declaresDynamic)
            {
                _text.Line("extern __shared__ __align__(16) unsigned char dynamicShared[];");
                _declaresDynamic = false;
            }

            pointer = $"({_program.TypeName(element)}*)dynamicShared";
        }

        FlushDeclarations();
        string type = facts.IsDynamicShared
            ? $"{_language.Space(facts.Space)}{_program.TypeName(element)}*"
            : PointerType(facts, element);
        _text.Line($"{type} {name} = {pointer};{behind}");
        if (facts.NeedsLength)
        {
            string length = facts.IsDynamicShared
                ? $"dynamicSharedBytes / (int)sizeof({_program.TypeName(element)})"
                : Length(value);
            _text.Line($"int {LengthName(local)} = {length};");
        }
    }

    private bool _declaresDynamic = true;

    private void WriteArray(ExpressionSyntax? value, string name, ITypeSymbol element, int length, string behind)
    {
        // C# sets elements to zero; compilers drop what is overwritten before it is read.
        string elements = PrivateArrays.Elements(value) is { } list
            ? string.Join(", ", list.Expressions.Select(Exactly))
            : TypeTable.Has(element) ? _language.Literal(Zero(element)) : "0";
        FlushDeclarations();
        _text.Line($"{_program.TypeName(element)} {name}[{length.ToString(CultureInfo.InvariantCulture)}] = "
            + $"{{{elements}}};{behind}");
    }

    private static object Zero(ITypeSymbol type) => type.SpecialType switch
    {
        SpecialType.System_Single => 0f,
        SpecialType.System_Boolean => false,
        _ => 0,
    };

    /// <summary>Takes a tuple apart, into new variables or into old ones.</summary>
    private void WriteDeconstruction(AssignmentExpressionSyntax assignment, string behind)
    {
        List<(string? Name, string? Type)> targets = Targets(assignment.Left);
        ITypeSymbol type = _function.TypeOf(assignment.Right);
        string value = Value(assignment.Right);
        string tuple = Temporary("tuple");
        FlushDeclarations();
        _text.Line($"{_program.TypeName(type)} {tuple} = {value};{behind}");
        for (int i = 0; i < targets.Count; i++)
        {
            if (targets[i].Name is { } name)
            {
                string declared = targets[i].Type is { } typeName ? typeName + " " : string.Empty;
                _text.Line($"{declared}{name} = {tuple}.Item{(i + 1).ToString(CultureInfo.InvariantCulture)};");
            }
        }
    }

    private List<(string? Name, string? Type)> Targets(ExpressionSyntax left)
    {
        List<(string? Name, string? Type)> targets = [];
        if (left is DeclarationExpressionSyntax { Designation: ParenthesizedVariableDesignationSyntax list })
        {
            foreach (VariableDesignationSyntax designation in list.Variables)
            {
                targets.Add(Declared(designation));
            }
        }
        else if (left is TupleExpressionSyntax tuple)
        {
            foreach (ArgumentSyntax argument in tuple.Arguments)
            {
                bool isDiscard = argument.Expression is IdentifierNameSyntax { Identifier.ValueText: "_" }
                    && _function.SymbolOf(argument.Expression) is not ILocalSymbol;
                targets.Add(argument.Expression is DeclarationExpressionSyntax declaration
                    ? Declared(declaration.Designation)
                    : (isDiscard ? null : Value(argument.Expression), null));
            }
        }

        return targets;
    }

    private (string? Name, string? Type) Declared(VariableDesignationSyntax designation)
    {
        if (designation is not SingleVariableDesignationSyntax single
            || _function.Model.GetDeclaredSymbol(single) is not ILocalSymbol local)
        {
            if (designation is ParenthesizedVariableDesignationSyntax)
            {
                Report(designation, "A tuple within a tuple", "take it apart in two statements");
            }

            return (null, null);
        }

        return (CNames.Variable(local.Name), _program.TypeName(TypeOf(local)));
    }
}
