using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScoreGpu.Kernels.Generator.Diagnostics;

namespace ScoreGpu.Kernels.Generator.Analysis;

/// <summary>One entry point with every function that it reaches, each analysed once.</summary>
internal sealed class KernelProgram
{
    private readonly Dictionary<string, FunctionInstance> _instances = [];
    private readonly HashSet<string> _inProgress = [];
    private readonly HashSet<string> _names = [];
    private readonly Compilation _compilation;

    private KernelProgram(Compilation compilation, int groupSize, DiagnosticBag diagnostics)
    {
        _compilation = compilation;
        GroupSize = groupSize;
        Diagnostics = diagnostics;
    }

    /// <summary>The kernel's own method.</summary>
    internal FunctionInstance Entry { get; private set; } = null!;

    internal int GroupSize { get; }

    internal DiagnosticBag Diagnostics { get; }

    /// <summary>Every function but the kernel, each after those that it calls.</summary>
    internal List<FunctionInstance> Functions { get; } = [];

    /// <summary>Analyses a kernel.</summary>
    /// <param name="compilation">Where the sources are.</param>
    /// <param name="method">The kernel's method, with its type arguments.</param>
    /// <param name="name">The name of the entry point.</param>
    /// <param name="groupSize">The fixed group size, or 0.</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    internal static KernelProgram Analyse(
        Compilation compilation, IMethodSymbol method, string name, int groupSize, DiagnosticBag diagnostics)
    {
        var program = new KernelProgram(compilation, groupSize, diagnostics);
        SyntaxNode declaration = method.DeclaringSyntaxReferences[0].GetSyntax();
        ParameterShape[] shapes = [.. method.Parameters.Select(_ => new ParameterShape(MemorySpace.Global, 0))];
        var types = TypeMap.Of(method, null);
        SemanticModel model = compilation.GetSemanticModel(declaration.SyntaxTree);
        program.Entry = new FunctionInstance(method, declaration, model, types, shapes) { Name = name };
        program._names.Add(name);
        program._inProgress.Add(Key(method, types, shapes));
        FunctionAnalyzer.Run(program, program.Entry, isKernel: true);
        return program;
    }

    /// <summary>The instance that a call reaches, analysed; null (with a diagnostic) if there can be none.</summary>
    internal FunctionInstance? Instantiate(
        FunctionInstance caller, IMethodSymbol method, ParameterShape[] shapes, SyntaxNode call)
    {
        string shown = method.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat);
        SyntaxNode? declaration = DeclarationOf(method);
        if (declaration is null)
        {
            Diagnostics.Add(
                KernelDiagnostics.NoTranslation,
                call,
                shown,
                "its source is not in this project, and the dialect does not know it; see docs/kernel-dialect.md");
            return null;
        }

        var types = TypeMap.Of(method, method.MethodKind == MethodKind.LocalFunction ? caller.Types : null);
        string key = Key(method, types, shapes);
        if (_inProgress.Contains(key))
        {
            Diagnostics.Add(KernelDiagnostics.Recursion, call, shown);
            return null;
        }

        if (_instances.TryGetValue(key, out FunctionInstance? known))
        {
            return known;
        }

        SemanticModel model = _compilation.GetSemanticModel(declaration.SyntaxTree);
        var instance = new FunctionInstance(method, declaration, model, types, shapes) { Name = NameOf(method) };
        if (instance.Body is null)
        {
            Diagnostics.Add(KernelDiagnostics.NoTranslation, call, shown, "it has no body");
            return null;
        }

        _inProgress.Add(key);
        FunctionAnalyzer.Run(this, instance, isKernel: false);
        _inProgress.Remove(key);
        _instances[key] = instance;
        Functions.Add(instance);
        return instance;
    }

    private static SyntaxNode? DeclarationOf(IMethodSymbol method)
    {
        SyntaxNode? node = method.OriginalDefinition.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax();
        return node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax
            or AccessorDeclarationSyntax or ArrowExpressionClauseSyntax
                ? node
                : null;
    }

    private static string Key(IMethodSymbol method, TypeMap types, ParameterShape[] shapes)
    {
        string name = method.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
        string arguments = string.Join(
            ", ", method.TypeArguments.Select(type => types.Resolve(type).ToDisplayString()));
        string place = method.MethodKind == MethodKind.LocalFunction
            ? method.DeclaringSyntaxReferences[0].Span.ToString()
                + string.Join(", ", method.ContainingSymbol is IMethodSymbol outer
                    ? outer.TypeParameters.Select(type => types.Resolve(type).ToDisplayString())
                    : [])
            : method.ContainingType.ToDisplayString();
        string parameters = string.Join(", ", method.Parameters.Select(parameter => parameter.Type.ToDisplayString()));
        return $"{place}|{name}|{arguments}|{parameters}|{string.Join(", ", shapes)}";
    }

    /// <summary>A name that nothing else has: class and method, and a number where that is taken.</summary>
    private string NameOf(IMethodSymbol method)
    {
        string name = method.MethodKind == MethodKind.PropertyGet
            ? method.AssociatedSymbol!.Name
            : method.Name.StartsWith("op_", StringComparison.Ordinal) ? method.Name.Substring(3) : method.Name;
        name = name.Substring(name.LastIndexOf('.') + 1);
        string wished = CNames.TypeName(method.ContainingType) + "_" + CNames.Ascii(name)
            + string.Concat(method.TypeArguments.Select(type => "_" + CNames.TypeName(type)));
        string free = wished;
        for (int i = 2; !_names.Add(free); i++)
        {
            free = $"{wished}_{i}";
        }

        return free;
    }
}
