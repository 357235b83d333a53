using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ScoreGpu.Kernels.Generator;

namespace ScoreGpu.Tests.Generator;

/// <summary>Runs the generator on sources, as the compiler would.</summary>
internal static class GeneratorRun
{
    private const string Aliases =
        """
        global using System;
        global using FloatView = ScoreGpu.Kernels.Dialect.View<float>;
        global using IntView = ScoreGpu.Kernels.Dialect.View<int>;
        global using ScoreGpu.Kernels.Dialect;
        global using UIntView = ScoreGpu.Kernels.Dialect.View<uint>;
        """;

    private static readonly ImmutableArray<MetadataReference> s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is { } name
                && (name.StartsWith("System.", StringComparison.Ordinal) || name == "ScoreGpu.Kernels.dll"))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    internal static CSharpCompilation Compile(params string[] sources)
        => CSharpCompilation.Create(
            "Kernels.Under.Test",
            sources.Append(Aliases).Select((source, i) => Parse(source, $"File{i}.cs")),
            s_references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));

    internal static SyntaxTree Parse(string source, string path)
        => CSharpSyntaxTree.ParseText(
            source, new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.Parse), path);

    internal static GeneratorDriver Driver()
        => CSharpGeneratorDriver.Create(
            [new KernelGenerator().AsSourceGenerator()],
            parseOptions: new CSharpParseOptions(LanguageVersion.Latest, DocumentationMode.Parse),
            driverOptions: new GeneratorDriverOptions(
                IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>The generator's diagnostics, and the compiler's errors after it.</summary>
    internal static (ImmutableArray<Diagnostic> Generator, Diagnostic[] Compiler) Diagnose(params string[] sources)
    {
        Driver().RunGeneratorsAndUpdateCompilation(
            Compile(sources), out Compilation output, out ImmutableArray<Diagnostic> diagnostics);
        return (diagnostics, [.. output.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error)]);
    }

    /// <summary>The generated C# by the name of its file.</summary>
    internal static Dictionary<string, string> Sources(params string[] sources)
        => Driver().RunGenerators(Compile(sources)).GetRunResult().Results.Single().GeneratedSources
            .ToDictionary(source => source.HintName, source => source.SourceText.ToString());
}
