using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using ScoreGpu.Kernels.Generator.Tables;

namespace ScoreGpu.Kernels.Generator.Analysis;

/// <summary>Turns names of C# into names that are possible in both languages, changing little.</summary>
internal static class CNames
{
    private const string Letters = "αβγδεηθλμνπρστφωΣΔ";

    private static readonly string[] s_letterNames =
    [
        "alpha", "beta", "gamma", "delta", "epsilon", "eta", "theta", "lambda", "mu", "nu", "pi", "rho", "sigma", "tau",
        "phi", "omega", "Sigma", "Delta",
    ];

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
            else if (Letters.IndexOf(c) is >= 0 and var letter)
            {
                text.Append(s_letterNames[letter]);
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
