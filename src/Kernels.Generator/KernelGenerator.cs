using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScoreGpu.Kernels.Generator.Analysis;
using ScoreGpu.Kernels.Generator.Discovery;
using ScoreGpu.Kernels.Generator.Models;
using ScoreGpu.Kernels.Generator.Output;

namespace ScoreGpu.Kernels.Generator;

/// <summary>Turns methods marked <c>[Kernel]</c> into OpenCL C, CUDA C, launchers and a registry.</summary>
/// <remarks>
/// The contents of this project, in the order in which a kernel passes through it:
/// <list type="number">
/// <item><description><c>Discovery</c>: a kernel's attributes, names, instances, parameters and cost.</description></item>
/// <item><description><c>Analysis</c>: every function that it reaches, once for each combination of type arguments and
/// memory; what is outside the dialect; where views point and which are written; where barriers may
/// hang.</description></item>
/// <item><description><c>Translation</c>: the text; <c>Language</c> is what differs between the two.</description></item>
/// <item><description><c>Tables</c>: types, methods, indices, atomics, words, rejected syntax.</description></item>
/// <item><description><c>Models</c>: the result as comparable values, all that the compiler keeps.</description></item>
/// <item><description><c>Output</c>: the C# that is added to the build.</description></item>
/// <item><description><c>Diagnostics</c>: every error, with its id.</description></item>
/// </list>
/// </remarks>
[Generator(LanguageNames.CSharp)]
public sealed class KernelGenerator : IIncrementalGenerator
{
    internal const string KernelsStep = "Kernels";
    internal const string RegistryStep = "Registry";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        // A kernel follows its calls into other files, so it is read again at each change; but an equal model stops
        // there, and nothing behind it runs.
        IncrementalValuesProvider<KernelModel> kernels = context.SyntaxProvider.ForAttributeWithMetadataName(
            DialectSymbols.KernelAttribute,
            static (node, _) => node is MethodDeclarationSyntax,
            static (attribute, cancellation) => KernelReader.Read(attribute, cancellation))
            .WithTrackingName(KernelsStep);

        IncrementalValueProvider<RegistryModel> registry = kernels
            .Select(static (kernel, _) => RegistryModel.EntryOf(kernel))
            .Collect()
            .Combine(context.CompilationProvider.Select(
                static (compilation, _) => compilation.AssemblyName ?? "Kernels"))
            .Select(static (pair, _) => RegistryModel.Create(pair.Left, pair.Right))
            .WithTrackingName(RegistryStep);

        context.RegisterSourceOutput(kernels, static (output, kernel) => LauncherSource.Add(output, kernel));
        context.RegisterSourceOutput(registry, static (output, model) => RegistrySource.Add(output, model));
    }
}
