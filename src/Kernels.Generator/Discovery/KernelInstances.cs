using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScoreGpu.Kernels.Generator.Analysis;
using ScoreGpu.Kernels.Generator.Diagnostics;

namespace ScoreGpu.Kernels.Generator.Discovery;

/// <summary>Finds the structs that a generic kernel is compiled for.</summary>
internal static class KernelInstances
{
    /// <summary>Each instance with its name; a kernel without type parameters is its own only instance.</summary>
    internal static IEnumerable<(IMethodSymbol Method, string Name)> Of(
        Compilation compilation,
        IMethodSymbol method,
        MethodDeclarationSyntax declaration,
        string family,
        DiagnosticBag diagnostics)
    {
        AttributeData[] attributes =
        [
            .. method.GetAttributes().Where(
                attribute => attribute.AttributeClass?.ToDisplayString() == DialectSymbols.InstanceAttribute),
        ];
        if (!method.IsGenericMethod)
        {
            if (attributes.Length > 0)
            {
                Report(diagnostics, declaration, $"'{method.Name}' has no type parameters: remove [KernelInstance]");
            }

            yield return (method, family);
            yield break;
        }

        if (attributes.Length == 0)
        {
            Report(
                diagnostics,
                declaration,
                $"'{method.Name}' is generic: name the structs it is compiled for, as [KernelInstance(typeof(…))]");
        }

        foreach (AttributeData attribute in attributes)
        {
            if (Construct(compilation, method, attribute, declaration, diagnostics) is { } constructed)
            {
                string name = AttributeValues.Named<string>(attribute, "Name")
                    ?? family + string.Concat(constructed.TypeArguments.Select(CNames.TypeName));
                yield return (constructed, name);
            }
        }
    }

    /// <summary>The type parameters' constraints as C#, for the generic launcher.</summary>
    internal static string Constraints(IMethodSymbol method)
        => string.Concat(method.TypeParameters.Select(parameter =>
        {
            IEnumerable<string> types = parameter.ConstraintTypes.Select(
                type => type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat));
            string kind = parameter.HasUnmanagedTypeConstraint ? "unmanaged" : "struct";
            return $" where {parameter.Name} : {string.Join(", ", types.Prepend(kind))}";
        }));

    private static IMethodSymbol? Construct(
        Compilation compilation,
        IMethodSymbol method,
        AttributeData attribute,
        MethodDeclarationSyntax declaration,
        DiagnosticBag diagnostics)
    {
        TypedConstant list = attribute.ConstructorArguments.FirstOrDefault();
        INamedTypeSymbol[] types = list.Kind == TypedConstantKind.Array && !list.IsNull
            ? [.. list.Values.Select(value => value.Value).OfType<INamedTypeSymbol>()]
            : [];
        SyntaxNode place = attribute.ApplicationSyntaxReference?.GetSyntax() ?? declaration;
        if (types.Length != method.TypeParameters.Length)
        {
            diagnostics.Add(
                KernelDiagnostics.Instances,
                place,
                $"'{method.Name}' has {method.TypeParameters.Length} type parameters, "
                    + $"and {types.Length} structs are given");
            return null;
        }

        for (int i = 0; i < types.Length; i++)
        {
            ITypeParameterSymbol parameter = method.TypeParameters[i];
            ITypeSymbol? unmet = parameter.ConstraintTypes.FirstOrDefault(
                constraint => !Implements(compilation, types[i], constraint, method, types));
            if (types[i].TypeKind != TypeKind.Struct || unmet is not null)
            {
                string wanted = unmet is null ? "a struct" : $"a struct that implements {unmet.ToDisplayString()}";
                diagnostics.Add(
                    KernelDiagnostics.Instances,
                    place,
                    $"'{types[i].ToDisplayString()}' cannot stand for {parameter.Name}: it must be {wanted}");
                return null;
            }
        }

        return method.Construct(types);
    }

    private static bool Implements(
        Compilation compilation,
        INamedTypeSymbol type,
        ITypeSymbol constraint,
        IMethodSymbol method,
        ITypeSymbol[] types)
    {
        ITypeSymbol wanted = TypeMap.Of(method.Construct(types), null).Resolve(constraint);
        return compilation.ClassifyCommonConversion(type, wanted) is { Exists: true, IsUserDefined: false };
    }

    private static void Report(DiagnosticBag diagnostics, MethodDeclarationSyntax declaration, string message)
        => diagnostics.Add(KernelDiagnostics.Instances, declaration.Identifier.GetLocation(), message);
}
