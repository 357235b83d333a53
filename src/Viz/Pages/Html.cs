using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace ScoreGpu.Viz.Pages;

/// <summary>A piece of markup. In an interpolated string the literal parts are markup and the values are escaped.
/// </summary>
public readonly record struct Html
{
    private readonly string? _markup;

    private Html(string markup) => _markup = markup;

    /// <summary>Nothing.</summary>
    public static Html Empty { get; } = new("");

    /// <summary>The markup.</summary>
    public string Markup => _markup ?? "";

    /// <summary>Markup from an interpolated string.</summary>
    public static Html Of(HtmlHandler handler) => new(handler.ToString());

    /// <summary>Plain text.</summary>
    public static Html Text(string text) => new(Escape(text));

    /// <summary>Markup that is known to be well-formed.</summary>
    public static Html Trusted(string markup) => new(markup);

    /// <summary>Pieces one after the other.</summary>
    public static Html Join(IEnumerable<Html> pieces, string separator = "") =>
        new(string.Join(separator, pieces.Select(piece => piece.Markup)));

    /// <summary>Makes text safe between tags and in quoted attributes.</summary>
    public static string Escape(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text
            .Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal)
            .Replace("\"", "&quot;", StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public override string ToString() => Markup;
}

/// <summary>Takes an interpolated string apart into markup and values.</summary>
[InterpolatedStringHandler]
public readonly ref struct HtmlHandler
{
    private readonly StringBuilder _markup;

    /// <summary>Called by the compiler.</summary>
    public HtmlHandler(int literalLength, int formattedCount) =>
        _markup = new StringBuilder(literalLength + (16 * formattedCount));

    /// <summary>Adds a literal part, which is markup.</summary>
    public void AppendLiteral(string markup) => _markup.Append(markup);

    /// <summary>Adds markup.</summary>
    public void AppendFormatted(Html markup) => _markup.Append(markup.Markup);

    /// <summary>Adds text, escaped.</summary>
    public void AppendFormatted(string? text) => _markup.Append(Html.Escape(text ?? ""));

    /// <summary>Adds a whole number.</summary>
    public void AppendFormatted(int value) => _markup.Append(Numerals.Count(value));

    /// <summary>Adds a number in a format, in the invariant culture.</summary>
    public void AppendFormatted(double value, string format) =>
        _markup.Append(Numerals.Minus(value.ToString(format, CultureInfo.InvariantCulture)));

    /// <inheritdoc/>
    public override string ToString() => _markup.ToString();
}
