using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using ScoreGpu.Kernels.Generator.Tables;

namespace ScoreGpu.Kernels.Generator.Analysis;

/// <summary>Turns names of C# into names that are possible in both languages, and changes as little as it can.</summary>
internal static class CNames
{
    private static readonly Dictionary<char, string> s_greek = new()
    {
        ['α'] = "alpha", ['β'] = "beta", ['γ'] = "gamma", ['δ'] = "delta", ['ε'] = "epsilon", ['η'] = "eta",
        ['θ'] = "theta", ['λ'] = "lambda", ['μ'] = "mu", ['ν'] = "nu", ['π'] = "pi", ['ρ'] = "rho", ['σ'] = "sigma",
        ['τ'] = "tau", ['φ'] = "phi", ['ω'] = "omega", ['Σ'] = "Sigma", ['Δ'] = "Delta",
    };

    /// <summary>A variable's name.</summary>
    internal static string Variable(string name)
    {
        string ascii = Ascii(name);
        return ReservedWords.Contains(ascii) ? ascii + "_" : ascii;
    }

    /// <summary>A struct's or class's name, with its type arguments.</summary>
    internal static string TypeName(ITypeSymbol type)
    {
        if (TypeTable.Has(type))
        {
            return TypeTable.CSharp(type);
        }

        if (type is not INamedTypeSymbol named)
        {
            return Ascii(type.Name);
        }

        return named.IsTupleType
            ? Tuple(named)
            : Ascii(named.Name) + string.Concat(named.TypeArguments.Select(argument => "_" + TypeName(argument)));
    }

    /// <summary>The name in ASCII letters, digits and underscores.</summary>
    internal static string Ascii(string name)
    {
        var text = new StringBuilder(name.Length);
        foreach (char c in name.TrimStart('@'))
        {
            if (c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_')
            {
                text.Append(c);
            }
            else if (s_greek.TryGetValue(c, out string? letter))
            {
                text.Append(letter);
            }
            else
            {
                text.Append('u').Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
            }
        }

        return text.ToString();
    }

    private static string Tuple(INamedTypeSymbol tuple)
    {
        string[] names = [.. tuple.TupleElements.Select(element => TypeName(element.Type))];
        return names.Distinct().Count() == 1 ? $"tuple_{names[0]}{names.Length}" : "tuple_" + string.Join("_", names);
    }
}
