using System.Globalization;
using Microsoft.CodeAnalysis;

namespace ScoreGpu.Kernels.Generator.Translation;

/// <summary>Writes a literal as the source has it, with the suffix that C needs for its type.</summary>
internal static class LiteralText
{
    internal static string Of(Language language, SyntaxToken token, object value)
    {
        string text = token.Text.Replace("_", string.Empty);
        bool isHex = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        if (text.StartsWith("0b", StringComparison.OrdinalIgnoreCase))
        {
            return language.Literal(value);
        }

        if (value is float number)
        {
            string digits = isHex ? text : text.TrimEnd('f', 'F', 'd', 'D', 'm', 'M');
            bool isPlain = !isHex && digits.All(c => c is (>= '0' and <= '9') or '.' or 'e' or 'E' or '-' or '+')
                && token.Value is float;
            return !isPlain || float.IsInfinity(number)
                ? language.Literal(value)
                : digits.StartsWith(".", StringComparison.Ordinal) ? "0" + digits + "f"
                : digits.IndexOfAny(['.', 'e', 'E']) < 0 ? digits + ".0f" : digits + "f";
        }

        string suffix = value switch
        {
            uint => "u",
            long => language.WideSuffix(false),
            ulong => language.WideSuffix(true),
            _ => string.Empty,
        };
        return value is bool ? text
            : isHex ? "0x" + text.Substring(2).TrimEnd('u', 'U', 'l', 'L').ToUpperInvariant() + suffix
            : value is IFormattable whole ? whole.ToString(null, CultureInfo.InvariantCulture) + suffix : text;
    }
}
