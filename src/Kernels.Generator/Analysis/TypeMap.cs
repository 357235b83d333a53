using Microsoft.CodeAnalysis;

namespace ScoreGpu.Kernels.Generator.Analysis;

/// <summary>The structs that stand for type parameters in one instance of a function.</summary>
internal sealed class TypeMap
{
    private readonly Dictionary<ITypeParameterSymbol, ITypeSymbol> _types = new(SymbolEqualityComparer.Default);

    /// <summary>The map of a constructed method, with what its surroundings already know.</summary>
    internal static TypeMap Of(IMethodSymbol method, TypeMap? outer)
    {
        var map = new TypeMap();
        foreach (KeyValuePair<ITypeParameterSymbol, ITypeSymbol> pair in outer?._types ?? [])
        {
            map._types[pair.Key] = pair.Value;
        }

        map.Add(method.OriginalDefinition.TypeParameters, method.TypeArguments);
        for (INamedTypeSymbol? type = method.ContainingType; type is not null; type = type.ContainingType)
        {
            map.Add(type.OriginalDefinition.TypeParameters, type.TypeArguments);
        }

        return map;
    }

    /// <summary>The type with every type parameter replaced.</summary>
    internal ITypeSymbol Resolve(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol parameter when _types.TryGetValue(parameter, out ITypeSymbol? known) => known,
        INamedTypeSymbol { IsGenericType: true } named => Resolve(named),
        _ => type,
    };

    /// <summary>
    /// The method that a call reaches: with type arguments filled in, and for a member of an interface the
    /// implementation in the receiver's struct. Null if that is not known.
    /// </summary>
    internal IMethodSymbol? Resolve(IMethodSymbol method, ITypeSymbol? receiver)
    {
        if (method.ContainingType is not { } containing)
        {
            return method;
        }

        if (containing.TypeKind != TypeKind.Interface)
        {
            if (method.MethodKind == MethodKind.LocalFunction)
            {
                return Construct(method.OriginalDefinition, method);
            }

            IMethodSymbol member = Member(Resolve(containing), method);
            return Construct(member, method);
        }

        if (receiver is null || Resolve(receiver) is not INamedTypeSymbol { TypeKind: TypeKind.Struct } type)
        {
            return null;
        }

        IMethodSymbol declared = Member(Resolve(containing), method);
        return type.FindImplementationForInterfaceMember(declared) is IMethodSymbol implementation
            && implementation.ContainingType.TypeKind == TypeKind.Struct
                ? Construct(implementation, method)
                : null;
    }

    private static IMethodSymbol Member(INamedTypeSymbol type, IMethodSymbol method)
        => type.GetMembers(method.Name).OfType<IMethodSymbol>().FirstOrDefault(
            candidate => SymbolEqualityComparer.Default.Equals(candidate.OriginalDefinition, method.OriginalDefinition))
            ?? method.OriginalDefinition;

    private INamedTypeSymbol Resolve(INamedTypeSymbol type)
        => type.IsGenericType && !type.IsUnboundGenericType
            ? type.OriginalDefinition.Construct(type.TypeArguments.Select(Resolve).ToArray())
            : type;

    private IMethodSymbol Construct(IMethodSymbol definition, IMethodSymbol called)
        => called.IsGenericMethod
            ? definition.OriginalDefinition.Equals(definition, SymbolEqualityComparer.Default)
                || definition.IsDefinition
                || definition.ConstructedFrom.Equals(definition, SymbolEqualityComparer.Default)
                    ? definition.Construct(called.TypeArguments.Select(Resolve).ToArray())
                    : definition
            : definition;

    private void Add(IReadOnlyList<ITypeParameterSymbol> parameters, IReadOnlyList<ITypeSymbol> arguments)
    {
        for (int i = 0; i < parameters.Count && i < arguments.Count; i++)
        {
            if (!SymbolEqualityComparer.Default.Equals(parameters[i], arguments[i]))
            {
                _types[parameters[i]] = arguments[i];
            }
        }
    }
}
