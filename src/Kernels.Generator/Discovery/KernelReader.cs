using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScoreGpu.Kernels.Generator.Analysis;
using ScoreGpu.Kernels.Generator.Diagnostics;
using ScoreGpu.Kernels.Generator.Models;
using ScoreGpu.Kernels.Generator.Translation;

namespace ScoreGpu.Kernels.Generator.Discovery;

/// <summary>Reads a <c>[Kernel]</c> method and everything that it reaches into a model.</summary>
internal static class KernelReader
{
    private const int LargestGroup = 1024;

    internal static KernelModel Read(GeneratorAttributeSyntaxContext context, CancellationToken cancellation)
    {
        var method = (IMethodSymbol)context.TargetSymbol;
        var declaration = (MethodDeclarationSyntax)context.TargetNode;
        Compilation compilation = context.SemanticModel.Compilation;
        var diagnostics = new DiagnosticBag();
        int groupSize = AttributeValues.Named<int>(context.Attributes[0], "GroupSize");
        CheckForm(method, declaration, groupSize, diagnostics);

        string name = AttributeValues.Named<string>(context.Attributes[0], "Name") ?? KernelNames.Of(method);
        List<InstanceModel> instances = [];
        IMethodSymbol first = method.ContainingType.GetMembers(method.Name).OfType<IMethodSymbol>().First(IsKernel);
        if (!SymbolEqualityComparer.Default.Equals(first, method))
        {
            diagnostics.Add(KernelDiagnostics.DuplicateName, declaration.Identifier.GetLocation(), name);
        }
        else if (declaration.Body is not null || declaration.ExpressionBody is not null)
        {
            foreach ((IMethodSymbol constructed, string instance) in
                KernelInstances.Of(compilation, method, declaration, name, diagnostics))
            {
                cancellation.ThrowIfCancellationRequested();
                try
                {
                    instances.Add(
                        ReadInstance(compilation, constructed, declaration, name, instance, groupSize, diagnostics));
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    // Half-typed code is the compiler's to report.
                    if (context.SemanticModel.GetDiagnostics(null, cancellation).Any(
                        diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
                    {
                        continue;
                    }

                    // A failure here would silence every other kernel, and show at no place in particular.
                    string what = $"{exception.GetType().Name}: {exception.Message} {exception.StackTrace}";
                    diagnostics.Add(
                        KernelDiagnostics.Internal,
                        declaration.Identifier.GetLocation(),
                        instance,
                        what.Replace("\r", string.Empty).Replace('\n', ' '));
                }
            }
        }

        return new KernelModel(
            name,
            CommentText.Sentence(declaration, "summary"),
            method.ContainingNamespace.IsGlobalNamespace ? string.Empty : method.ContainingNamespace.ToDisplayString(),
            method.ContainingType.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            method.Name,
            IsPublic(method),
            new EquatableArray<string>([.. method.TypeParameters.Select(parameter => parameter.Name)]),
            KernelInstances.Constraints(method),
            method.Parameters.Any(parameter => Mentions(parameter.Type)),
            declaration.SyntaxTree.GetText(cancellation).ToString(),
            groupSize,
            CostReader.Read(method, diagnostics),
            new EquatableArray<InstanceModel>([.. instances]),
            diagnostics.ToArray(),
            LocationModel.From(declaration.Identifier.GetLocation()));
    }

    private static bool IsKernel(IMethodSymbol method)
        => method.GetAttributes().Any(
            attribute => attribute.AttributeClass?.ToDisplayString() == DialectSymbols.KernelAttribute);

    private static InstanceModel ReadInstance(
        Compilation compilation,
        IMethodSymbol method,
        MethodDeclarationSyntax declaration,
        string family,
        string name,
        int groupSize,
        DiagnosticBag diagnostics)
    {
        ParameterReader.Check(method, diagnostics);
        var program = KernelProgram.Analyse(compilation, method, name, groupSize, diagnostics);
        string openCl = ProgramTranslator.Write(program, new OpenClLanguage());
        string cuda = ProgramTranslator.Write(program, new CudaLanguage());
        FunctionInstance entry = program.Entry;
        return new InstanceModel(
            name,
            name.StartsWith(family, StringComparison.Ordinal) && name.Length > family.Length
                ? name.Substring(family.Length)
                : name,
            new EquatableArray<string>(
            [
                .. method.TypeArguments.Select(
                    type => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat)),
            ]),
            ParameterReader.Read(entry, declaration),
            openCl,
            cuda,
            SharedBytes(entry),
            entry.UsesDynamicShared,
            FunctionTranslator.NeedsDynamicSharedBytes(entry),
            entry.HasBarrier);
    }

    private static int SharedBytes(FunctionInstance entry)
        => entry.Facts.Sum(pair => pair.Value is { Space: MemorySpace.Shared, ConstantLength: { } length }
            && pair.Key is ILocalSymbol local && pair.Value.Sources.Count == 0
                ? length * StructShape.Size(DialectSymbols.Element(entry.Types.Resolve(local.Type)))
                : 0);

    private static void CheckForm(
        IMethodSymbol method, MethodDeclarationSyntax declaration, int groupSize, DiagnosticBag diagnostics)
    {
        string? problem = !method.IsStatic ? "static"
            : !method.ReturnsVoid ? "void: it writes its results to views"
            : method.IsAsync ? "synchronous"
            : method.ContainingType.IsGenericType ? "in a class that is not generic: make the method generic"
            : declaration.Body is null && declaration.ExpressionBody is null ? "a method with a body"
            : method.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected
                ? "public or internal, so that its launcher can call it"
                : null;
        if (problem is not null)
        {
            diagnostics.Add(KernelDiagnostics.KernelShape, declaration.Identifier.GetLocation(), problem);
        }

        if (groupSize is < 0 or > LargestGroup)
        {
            diagnostics.Add(
                KernelDiagnostics.GroupSize,
                declaration.Identifier.GetLocation(),
                groupSize.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private static bool IsPublic(IMethodSymbol method)
    {
        for (ISymbol? symbol = method; symbol is IMethodSymbol or INamedTypeSymbol; symbol = symbol.ContainingSymbol)
        {
            if (symbol.DeclaredAccessibility != Accessibility.Public)
            {
                return false;
            }
        }

        return true;
    }

    private static bool Mentions(ITypeSymbol type)
        => type is ITypeParameterSymbol || (type is INamedTypeSymbol named && named.TypeArguments.Any(Mentions));
}
