using System.Globalization;
using Microsoft.CodeAnalysis;
using ScoreGpu.Kernels.Generator.Analysis;

namespace ScoreGpu.Kernels.Generator.Translation;

/// <summary>What differs between OpenCL C and CUDA C.</summary>
internal abstract class Language
{
    /// <summary>The language's name, for head comments.</summary>
    internal abstract string Name { get; }

    /// <summary>What stands before a function that is not an entry point.</summary>
    internal abstract string FunctionPrefix { get; }

    /// <summary>The same before a function that is passed shared memory which the kernel declares.</summary>
    internal virtual string DeclaredSharedPrefix => FunctionPrefix;

    /// <summary>The word for a pointer that nothing else overlaps.</summary>
    internal abstract string Restrict { get; }

    /// <summary>What stands before shared memory's declaration.</summary>
    internal abstract string SharedPrefix { get; }

    /// <summary>Whether a view's pointer comes with an offset, and dynamic shared memory as an argument.</summary>
    internal abstract bool PassesOffsets { get; }

    /// <summary>The name of a number.</summary>
    internal abstract string Scalar(ITypeSymbol type);

    /// <summary>The qualifier of a pointer, with a space after it, or nothing.</summary>
    internal abstract string Space(MemorySpace space);

    /// <summary>The lines before an entry point's parameters.</summary>
    internal abstract IEnumerable<string> EntryHead(string name, int groupSize);

    /// <summary>The text that waits for the group.</summary>
    internal abstract string Barrier(bool globalMemoryToo);

    /// <summary>A pointer that the compiler may take to be aligned.</summary>
    internal abstract string Aligned(string pointer, string type, string bytes);

    /// <summary>A struct's value.</summary>
    internal abstract string Value(string type, string fields);

    /// <summary>One of a pair of texts.</summary>
    internal abstract string Choose((string OpenCl, string Cuda) texts);

    /// <summary>A float that is not a finite number.</summary>
    internal abstract string NotFinite(float value);

    /// <summary>The end of a 64-bit literal.</summary>
    internal abstract string WideSuffix(bool isUnsigned);

    /// <summary>A constant of any supported type.</summary>
    internal string Literal(object value)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        return value switch
        {
            bool flag => flag ? "true" : "false",
            float number => Float(number),
            int.MinValue => "(-2147483647 - 1)",
            long.MinValue => $"(-9223372036854775807{WideSuffix(false)} - 1)",
            uint number => number.ToString(culture) + "u",
            long number => number.ToString(culture) + WideSuffix(false),
            ulong number => number.ToString(culture) + WideSuffix(true),
            IFormattable number => number.ToString(null, culture),
            _ => "0",
        };
    }

    private string Float(float value)
    {
        if (float.IsNaN(value) || float.IsInfinity(value))
        {
            return NotFinite(value);
        }

        string text = value.ToString("R", CultureInfo.InvariantCulture);
        return (text.IndexOfAny(['.', 'E']) < 0 ? text + ".0" : text.Replace("E", "e").Replace("e+", "e")) + "f";
    }
}
