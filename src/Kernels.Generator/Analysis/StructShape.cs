using Microsoft.CodeAnalysis;
using ScoreGpu.Kernels.Generator.Tables;

namespace ScoreGpu.Kernels.Generator.Analysis;

/// <summary>The fields of a struct in order, and its size, laid out as C# and C both do.</summary>
internal static class StructShape
{
    /// <summary>The fields, named after the property where there is one.</summary>
    internal static IEnumerable<(string Name, ITypeSymbol Type)> Fields(INamedTypeSymbol type)
        => type.IsTupleType
            ? type.TupleElements.Select((element, i) => ($"Item{i + 1}", element.Type))
            : type.GetMembers().OfType<IFieldSymbol>()
                .Where(field => !field.IsStatic && !field.IsConst)
                .Select(field => (field.AssociatedSymbol?.Name ?? field.Name, field.Type));

    /// <summary>Why a type cannot be a value in a kernel; null if it can.</summary>
    internal static string? Problem(ITypeSymbol type)
    {
        if (TypeTable.Has(type) || type.TypeKind == TypeKind.Enum)
        {
            return null;
        }

        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Struct } named
            || named.SpecialType != SpecialType.None
            || (!named.IsTupleType && IsLibrary(named.ContainingNamespace.ToDisplayString())))
        {
            return $"'{type.ToDisplayString()}' is not a number or a struct of numbers";
        }

        if (DialectSymbols.IsView(named))
        {
            return "a view cannot be stored in a struct: pass it as a parameter of its own";
        }

        AttributeData? layout = named.GetAttributes()
            .FirstOrDefault(attribute => attribute.AttributeClass?.Name == "StructLayoutAttribute");
        if ((layout?.ConstructorArguments.FirstOrDefault().Value is int and not 0)
            || layout?.NamedArguments.Any(argument => argument.Key is "Pack" or "Size") == true)
        {
            return $"'{named.Name}' must have the default layout, in the order of its fields";
        }

        return Fields(named).Select(field => Problem(field.Type)).FirstOrDefault(problem => problem is not null);
    }

    /// <summary>Whether the bytes of a value differ between C# and C.</summary>
    internal static bool HasBool(ITypeSymbol type)
        => type.SpecialType == SpecialType.System_Boolean
            || (type is INamedTypeSymbol { TypeKind: TypeKind.Struct, SpecialType: SpecialType.None } named
                && Fields(named).Any(field => HasBool(field.Type)));

    internal static int Size(ITypeSymbol type)
    {
        if (TypeTable.Has(type))
        {
            return TypeTable.Size(type);
        }

        if (type is not INamedTypeSymbol named)
        {
            return 1;
        }

        if (named.TypeKind == TypeKind.Enum)
        {
            return Size(named.EnumUnderlyingType!);
        }

        int size = 0;
        foreach ((_, ITypeSymbol field) in Fields(named))
        {
            size = RoundUp(size, Alignment(field)) + Size(field);
        }

        return Math.Max(1, RoundUp(size, Alignment(named)));
    }

    private static bool IsLibrary(string space)
        => space == "System" || space.StartsWith("System.", StringComparison.Ordinal);

    private static int Alignment(ITypeSymbol type)
        => TypeTable.Has(type) || type is not INamedTypeSymbol named ? Size(type)
            : named.TypeKind == TypeKind.Enum ? Size(type)
            : Fields(named).Select(field => Alignment(field.Type)).DefaultIfEmpty(1).Max();

    private static int RoundUp(int size, int alignment) => (size + alignment - 1) / alignment * alignment;
}
