using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScoreGpu.Kernels.Generator.Analysis;

namespace ScoreGpu.Kernels.Generator.Translation;

/// <summary>Writes one function in one language.</summary>
internal sealed partial class FunctionTranslator
{
    private readonly ProgramTranslator _program;
    private readonly FunctionInstance _function;
    private readonly Language _language;
    private readonly bool _isKernel;
    private readonly CodeText _text = new();
    private int _temporaries;

    internal FunctionTranslator(ProgramTranslator program, FunctionInstance function, bool isKernel)
    {
        _program = program;
        _function = function;
        _language = program.Language;
        _isKernel = isKernel;
    }

    internal string Write()
    {
        WriteComment();
        if (_isKernel)
        {
            WriteEntryHead();
        }
        else
        {
            WriteFunctionHead();
        }

        _text.Open();
        if (_isKernel)
        {
            WriteOffsets();
        }

        if (_function.Block is { } block)
        {
            WriteStatements(block.Statements);
            WriteCommentsAtEnd(block.CloseBraceToken);
        }
        else if (_function.Arrow is { } arrow)
        {
            if (_function.Method.ReturnsVoid)
            {
                WriteExpressionStatement(arrow, string.Empty);
            }
            else
            {
                string value = Converted(arrow);
                FlushDeclarations();
                _text.Line($"return {value};");
            }
        }

        _text.Close();
        return _text.ToString();
    }

    /// <summary>The pointer type of a view, array or reference.</summary>
    private string PointerType(ViewFacts facts, ITypeSymbol element)
        => _language.Space(facts.Space) + (facts.IsWritten ? string.Empty : "const ") + _program.TypeName(element) + "*";

    private static string LengthName(ISymbol view) => CNames.Variable(view.Name) + "_length";

    private ITypeSymbol TypeOf(ISymbol symbol) => _function.Types.Resolve(symbol switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        _ => throw new ArgumentException(symbol.Name, nameof(symbol)),
    });

    private void WriteComment()
    {
        SyntaxNode declaration = _function.Declaration is AccessorDeclarationSyntax or ArrowExpressionClauseSyntax
            ? _function.Declaration.FirstAncestorOrSelf<PropertyDeclarationSyntax>() ?? _function.Declaration
            : _function.Declaration;
        string[] summary = CommentText.Documentation(declaration, "summary");
        if (summary.Length == 0)
        {
            foreach (string? line in CommentText.Above(declaration))
            {
                if (line is not null)
                {
                    _text.Line(line);
                }
            }
        }

        foreach (string line in summary)
        {
            _text.Line(("// " + line).TrimEnd());
        }

        foreach (IParameterSymbol parameter in _function.Parameters)
        {
            string meaning = CommentText.Sentence(declaration, "param", parameter.Name);
            if (_isKernel && meaning.Length > 0)
            {
                _text.Line($"//   {CNames.Variable(parameter.Name)}: {meaning}");
            }
        }
    }

    private void WriteEntryHead()
    {
        foreach (string line in _language.EntryHead(_function.Name, _program.Program.GroupSize))
        {
            _text.Line(line);
        }

        List<string> parameters = [];
        foreach (IParameterSymbol parameter in _function.Parameters)
        {
            string name = CNames.Variable(parameter.Name);
            if (_function.FactsOf(parameter) is not { } facts)
            {
                parameters.Add($"{_program.TypeName(TypeOf(parameter))} {name}");
                continue;
            }

            string restrict = facts.IsWritten ? string.Empty : _language.Restrict + " ";
            string pointer = PointerType(facts, DialectSymbols.Element(TypeOf(parameter)));
            parameters.Add($"{pointer} {restrict}{name}"
                + (_language.PassesOffsets ? $", int {name}_offset" : string.Empty)
                + (facts.NeedsLength ? $", int {LengthName(parameter)}" : string.Empty));
        }

        if (_function.UsesDynamicShared && _language.PassesOffsets)
        {
            parameters.Add("__local ulong* dynamicShared");
        }

        if (NeedsDynamicSharedBytes(_function))
        {
            parameters.Add("int dynamicSharedBytes");
        }

        _text.Indent();
        for (int i = 0; i < parameters.Count; i++)
        {
            _text.Line(parameters[i] + (i + 1 < parameters.Count ? "," : ")"));
        }

        if (parameters.Count == 0)
        {
            _text.Line("void)");
        }

        _text.Outdent();
    }

    /// <summary>Whether the size of dynamic shared memory is asked for.</summary>
    internal static bool NeedsDynamicSharedBytes(FunctionInstance kernel)
        => kernel.Facts.Values.Any(facts => facts is { IsDynamicShared: true, NeedsLength: true });

    private void WriteFunctionHead()
    {
        List<string> parameters = [];
        if (_function.HasSelf)
        {
            parameters.Add($"{_program.TypeName(_function.Method.ContainingType)} self");
        }

        foreach (IParameterSymbol parameter in _function.Parameters)
        {
            string name = CNames.Variable(parameter.Name);
            ITypeSymbol type = TypeOf(parameter);
            if (_function.FactsOf(parameter) is not { } facts)
            {
                parameters.Add($"{_program.TypeName(type)} {name}");
                continue;
            }

            bool isView = DialectSymbols.IsView(type);
            ITypeSymbol element = isView || type is IArrayTypeSymbol ? DialectSymbols.Element(type) : type;
            parameters.Add($"{PointerType(facts, element)} {name}");
            if (isView && facts.NeedsLength)
            {
                parameters.Add($"int {LengthName(parameter)}");
            }
        }

        string result = _function.Method.ReturnsVoid
            ? "void"
            : _program.TypeName(_function.Types.Resolve(_function.Method.OriginalDefinition.ReturnType));
        string list = parameters.Count == 0 ? "void" : string.Join(", ", parameters);
        bool takesDeclared = _program.Program.Entry.DeclaresShared
            && _function.Parameters.Any(parameter => _function.FactsOf(parameter)?.Space == MemorySpace.Shared);
        string prefix = takesDeclared ? _language.DeclaredSharedPrefix : _language.FunctionPrefix;
        _text.Line($"{prefix}{result} {_function.Name}({list})");
    }

    private void WriteOffsets()
    {
        if (!_language.PassesOffsets)
        {
            return;
        }

        foreach (IParameterSymbol parameter in _function.Parameters.Where(p => _function.FactsOf(p) is not null))
        {
            string name = CNames.Variable(parameter.Name);
            _text.Line($"{name} += {name}_offset;");
        }

        if (_function.Parameters.Any(p => _function.FactsOf(p) is not null))
        {
            _text.Line();
        }
    }

    private ITypeSymbol TypeOf(TypeSyntax type) => _function.Types.Resolve(_function.Model.GetTypeInfo(type).Type!);

    private string Temporary(string stem) => stem + (++_temporaries).ToString(CultureInfo.InvariantCulture);
}
