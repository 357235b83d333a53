using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ScoreGpu.Kernels.Generator.Analysis;
using ScoreGpu.Kernels.Generator.Diagnostics;
using ScoreGpu.Kernels.Generator.Models;
using ScoreGpu.Kernels.Generator.Tables;
using ScoreGpu.Kernels.Generator.Translation;

namespace ScoreGpu.Kernels.Generator.Discovery;

/// <summary>Reads a kernel's parameters, and refuses those that cannot cross from host to device.</summary>
internal static class ParameterReader
{
    internal static void Check(IMethodSymbol method, DiagnosticBag diagnostics)
    {
        foreach (IParameterSymbol parameter in method.Parameters)
        {
            Location place = parameter.Locations[0];
            ITypeSymbol type = DialectSymbols.IsView(parameter.Type)
                ? DialectSymbols.Element(parameter.Type)
                : parameter.Type;
            if (type.TypeKind == TypeKind.Error)
            {
                continue;
            }

            bool isStruct = type is { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None };
            string? problem = StructShape.Problem(type)
                ?? (isStruct && StructShape.HasBool(type) ? "a bool has another size in C: use an int" : null);
            if (isStruct && problem is not null)
            {
                diagnostics.Add(KernelDiagnostics.StructMember, place, $"'{parameter.Name}': {problem}");
            }
            else if (problem is not null || StructShape.HasBool(type)
                || parameter.RefKind is not (RefKind.None or RefKind.In))
            {
                diagnostics.Add(
                    KernelDiagnostics.ParameterType,
                    place,
                    parameter.Name,
                    (parameter.RefKind is RefKind.Ref or RefKind.Out ? "ref " : string.Empty)
                        + parameter.Type.ToDisplayString(SymbolDisplayFormat.CSharpShortErrorMessageFormat));
            }
        }
    }

    internal static EquatableArray<ParameterModel> Read(FunctionInstance entry, MethodDeclarationSyntax declaration)
        => new([.. entry.Parameters.Select(parameter => Read(entry, parameter, declaration))]);

    private static ParameterModel Read(
        FunctionInstance entry, IParameterSymbol parameter, MethodDeclarationSyntax declaration)
    {
        ITypeSymbol type = entry.Types.Resolve(parameter.Type);
        bool isView = DialectSymbols.IsView(type);
        ITypeSymbol value = isView ? DialectSymbols.Element(type) : type;
        ViewFacts? facts = entry.FactsOf(parameter);
        string kind = isView ? "View" : TypeTable.Has(value) || value.TypeKind == TypeKind.Enum ? "Scalar" : "Struct";
        return new ParameterModel(
            parameter.Name,
            CommentText.Sentence(declaration, "param", parameter.Name),
            kind,
            value.ToDisplayString(),
            parameter.Type.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat),
            StructShape.Size(value),
            isView && facts is { IsWritten: false },
            facts is { NeedsLength: true },
            parameter.RefKind == RefKind.In);
    }
}
