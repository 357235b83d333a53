using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScoreGpu.Kernels.Generator.Analysis;
using ScoreGpu.Kernels.Generator.Tables;

namespace ScoreGpu.Kernels.Generator.Translation;

/// <summary>Writes a whole program: constants, structs, functions and the entry point, each where C needs it.</summary>
internal sealed class ProgramTranslator
{
    private readonly List<string> _constants = [];
    private readonly List<string> _structs = [];
    private readonly List<string> _floatAdds = [];
    private readonly Dictionary<ISymbol, string> _names = new(SymbolEqualityComparer.Default);
    private readonly HashSet<string> _declared = [];
    private readonly HashSet<ITypeSymbol> _crossing = new(SymbolEqualityComparer.Default);

    private ProgramTranslator(KernelProgram program, Language language)
    {
        Program = program;
        Language = language;
        GlobalFence = program.Entry.Parameters.Any(
            parameter => program.Entry.FactsOf(parameter) is { IsRead: true, IsWritten: true });
    }

    internal KernelProgram Program { get; }

    internal Language Language { get; }

    /// <summary>Whether a barrier must also order what the group does to global memory.</summary>
    internal bool GlobalFence { get; }

    /// <summary>Writes the program in one language.</summary>
    internal static string Write(KernelProgram program, Language language)
    {
        if (program.Diagnostics.Count > 0)
        {
            return "// Not translated: see the build errors.\n";
        }

        var translator = new ProgramTranslator(program, language);

        // A struct that crosses between host and device needs its layout checked, wherever it is met first.
        foreach (IParameterSymbol parameter in program.Entry.Parameters)
        {
            ITypeSymbol type = program.Entry.Types.Resolve(parameter.Type);
            translator._crossing.Add(DialectSymbols.IsView(type) ? DialectSymbols.Element(type) : type);
        }

        List<string> functions = [];
        foreach (FunctionInstance function in program.Functions)
        {
            // A getter whose value is folded into the text is called by nobody.
            if (!IsFolded(program, function))
            {
                functions.Add(new FunctionTranslator(translator, function, isKernel: false).Write());
            }
        }

        functions.Add(new FunctionTranslator(translator, program.Entry, isKernel: true).Write());
        return translator.Assemble(functions);
    }

    /// <summary>The name of a type, declared if it is a struct that was not met before.</summary>
    internal string TypeName(ITypeSymbol type)
    {
        if (TypeTable.Has(type))
        {
            return Language.Scalar(type);
        }

        if (type is not INamedTypeSymbol named)
        {
            return "int";
        }

        if (named.TypeKind == TypeKind.Enum)
        {
            return TypeName(named.EnumUnderlyingType!);
        }

        // Tuples that differ in their items' names alone are one struct.
        ISymbol symbol = named.TupleUnderlyingType ?? named;
        if (!_names.TryGetValue(symbol, out string? name))
        {
            name = Unused(CNames.TypeName(named));
            _names[symbol] = name;
            DeclareStruct(named, name);
        }

        return name;
    }

    /// <summary>The name of a constant of the sources, declared if it was not met before.</summary>
    internal string ConstantName(IFieldSymbol field)
    {
        IFieldSymbol symbol = field.OriginalDefinition;
        if (!_names.TryGetValue(symbol, out string? name))
        {
            name = Unused(CNames.Ascii(field.ContainingType.Name) + "_" + CNames.Ascii(field.Name));
            _names[symbol] = name;
            object value = field.ConstantValue!;
            string text = InitializerOf(field) is LiteralExpressionSyntax literal
                && field.Type.SpecialType != SpecialType.System_Double
                    ? LiteralText.Of(Language, literal.Token, value)
                    : Language.Literal(value);
            bool isNegative = text.StartsWith("-", StringComparison.Ordinal);
            _constants.Add($"#define {name} {(isNegative ? $"({text})" : text)}");
        }

        return name;
    }

    /// <summary>The name of the function that adds floats atomically in OpenCL C.</summary>
    internal string FloatAdd(MemorySpace space)
    {
        string qualifier = Language.Space(space).Trim();
        if (_declared.Add("atomic " + qualifier))
        {
            _floatAdds.Add(AtomicTable.OpenClFloatAddText(qualifier));
        }

        return AtomicTable.OpenClFloatAdd(qualifier);
    }

    /// <summary>The name, with a number behind it if another namespace or class has taken it.</summary>
    private string Unused(string name)
    {
        string free = name;
        for (int i = 2; !_declared.Add(free); i++)
        {
            free = $"{name}_{i}";
        }

        return free;
    }

    private static bool IsFolded(KernelProgram program, FunctionInstance function)
        => function.Method.MethodKind == MethodKind.PropertyGet
            && program.Functions.Append(program.Entry).All(caller => caller.Calls.All(
                call => call.Value != function
                    || ConstantEvaluator.Integer(caller, (ExpressionSyntax)call.Key) is not null));

    private static ExpressionSyntax? InitializerOf(IFieldSymbol field)
        => field.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() switch
        {
            VariableDeclaratorSyntax declarator => declarator.Initializer?.Value,
            EnumMemberDeclarationSyntax member => member.EqualsValue?.Value,
            _ => null,
        };

    private void DeclareStruct(INamedTypeSymbol type, string name)
    {
        // Fields first, so that a struct within this one is declared before it.
        List<string> fields =
        [
            .. StructShape.Fields(type).Select(field => $"{TypeName(field.Type)} {CNames.Variable(field.Name)};"),
        ];
        var text = new CodeText();
        text.Line($"typedef struct {name}");
        text.Open();
        if (fields.Count == 0)
        {
            text.Line("char unused;  // C has no empty structs");
        }

        foreach (string field in fields)
        {
            text.Line(field);
        }

        text.Close($"}} {name};");
        if (_crossing.Contains(type))
        {
            text.Line();
            text.Line($"// The size in C#; an array of −1 elements stops the compiler where it differs.");
            text.Line($"typedef char {name}_has_{StructShape.Size(type)}_bytes"
                + $"[sizeof({name}) == {StructShape.Size(type)} ? 1 : -1];");
        }

        _structs.Add(text.ToString());
    }

    private string Assemble(List<string> functions)
    {
        var text = new CodeText();
        text.Line($"// {Program.Entry.Name}, {Language.Name}.");
        text.Line("// Written by ScoreGpu.Kernels.Generator from "
            + Program.Entry.Method.ToDisplayString(SymbolDisplayFormat.CSharpErrorMessageFormat).Split('(')[0] + ".");
        AddClassComment(text);
        text.Line();
        if (Program.GroupSize > 0)
        {
            _constants.Insert(0, $"#define GROUP_SIZE {Program.GroupSize}");
        }

        foreach (string constant in _constants)
        {
            text.Line(constant);
        }

        if (_constants.Count > 0)
        {
            text.Line();
        }

        return text + string.Join("\n", [.. _structs, .. _floatAdds, .. functions]);
    }

    private void AddClassComment(CodeText text)
    {
        if (Program.Entry.Declaration.Parent is not { } type)
        {
            return;
        }

        string[] summary = CommentText.Documentation(type, "summary");
        string[] remarks = CommentText.Documentation(type, "remarks");
        foreach (string line in (string[])[.. summary.Length > 0 ? [""] : (string[])[], .. summary,
            .. remarks.Length > 0 ? [""] : (string[])[], .. remarks])
        {
            text.Line(("// " + line).TrimEnd());
        }
    }
}
