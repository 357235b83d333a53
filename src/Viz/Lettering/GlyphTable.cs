using System.Text;

namespace ScoreGpu.Viz.Lettering;

/// <summary>The letters of the face, by character.</summary>
internal static class GlyphTable
{
    private const double ReducedScale = 0.64;
    private const double SuperscriptRise = 36;
    private const double SubscriptRise = -13;

    private static readonly Dictionary<Rune, Glyph> s_glyphs = Build();
    private static readonly Dictionary<Rune, Glyph> s_marks = SymbolGlyphs.Combining.ToDictionary(
        entry => entry.Character.EnumerateRunes().Single(), entry => GlyphReader.Read(entry.Description));

    // Letters that carry their mark in one code point are set as the letter and the mark.
    private static readonly Dictionary<Rune, (Rune Letter, Rune Mark)> s_composed = new()
    {
        [new Rune('ᾱ')] = (new Rune('α'), new Rune('\u0304')),
        [new Rune('ā')] = (new Rune('a'), new Rune('\u0304')),
        [new Rune('ē')] = (new Rune('e'), new Rune('\u0304')),
        [new Rune('ō')] = (new Rune('o'), new Rune('\u0304')),
        [new Rune('ū')] = (new Rune('u'), new Rune('\u0304')),
        [new Rune('ȳ')] = (new Rune('y'), new Rune('\u0304')),
        [new Rune('ã')] = (new Rune('a'), new Rune('\u0303')),
        [new Rune('ñ')] = (new Rune('n'), new Rune('\u0303')),
        [new Rune('õ')] = (new Rune('o'), new Rune('\u0303')),
        [new Rune('ũ')] = (new Rune('u'), new Rune('\u0303')),
        [new Rune('ṽ')] = (new Rune('v'), new Rune('\u0303')),
        [new Rune('ẽ')] = (new Rune('e'), new Rune('\u0303')),
        [new Rune('ỹ')] = (new Rune('y'), new Rune('\u0303')),
        [new Rune('â')] = (new Rune('a'), new Rune('\u0302')),
        [new Rune('ê')] = (new Rune('e'), new Rune('\u0302')),
        [new Rune('ô')] = (new Rune('o'), new Rune('\u0302')),
        [new Rune('û')] = (new Rune('u'), new Rune('\u0302')),
        [new Rune('ŵ')] = (new Rune('w'), new Rune('\u0302')),
        [new Rune('ŷ')] = (new Rune('y'), new Rune('\u0302')),
        [new Rune('ẑ')] = (new Rune('z'), new Rune('\u0302')),
        [new Rune('ẋ')] = (new Rune('x'), new Rune('\u0307')),
        [new Rune('ẏ')] = (new Rune('y'), new Rune('\u0307')),
        [new Rune('á')] = (new Rune('a'), new Rune('\u0301')),
        [new Rune('é')] = (new Rune('e'), new Rune('\u0301')),
        [new Rune('è')] = (new Rune('e'), new Rune('\u0300')),
        [new Rune('à')] = (new Rune('a'), new Rune('\u0300')),
        [new Rune('ä')] = (new Rune('a'), new Rune('\u0308')),
        [new Rune('ö')] = (new Rune('o'), new Rune('\u0308')),
        [new Rune('ü')] = (new Rune('u'), new Rune('\u0308')),
    };

    /// <summary>What stands for a character that the face lacks: an upright box.</summary>
    public static Glyph Missing { get; } = GlyphReader.Read("ss 36 M 0 0 L 0 72 L 36 72 L 36 0 Z");

    /// <summary>Every character that is drawn, marks over letters included.</summary>
    public static IEnumerable<Rune> Supported => s_glyphs.Keys.Concat(s_marks.Keys).Concat(s_composed.Keys);

    /// <summary>The glyph of a character, or null if the face lacks it.</summary>
    public static Glyph? Find(Rune character) => s_glyphs.GetValueOrDefault(character);

    /// <summary>The mark drawn over the previous letter, or null if the character is not one.</summary>
    public static Glyph? FindMark(Rune character) => s_marks.GetValueOrDefault(character);

    /// <summary>The characters of a text with composed letters taken apart.</summary>
    public static IEnumerable<Rune> Decompose(string text)
    {
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (s_composed.TryGetValue(rune, out (Rune Letter, Rune Mark) parts))
            {
                yield return parts.Letter;
                yield return parts.Mark;
            }
            else
            {
                yield return rune;
            }
        }
    }

    private static Dictionary<Rune, Glyph> Build()
    {
        var glyphs = LatinGlyphs.All.Concat(GreekGlyphs.All).Concat(SymbolGlyphs.All).ToDictionary(
            entry => entry.Character.EnumerateRunes().Single(), entry => GlyphReader.Read(entry.Description));
        glyphs[new Rune('\u00b5')] = glyphs[new Rune('μ')];
        foreach ((Rune greek, Rune latin) in "ΑΒΕΖΗΙΚΜΝΟΡΤΧ".EnumerateRunes().Zip("ABEZHIKMNOPTX".EnumerateRunes()))
        {
            glyphs[greek] = glyphs[latin];
        }

        AddReduced(glyphs, "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵀ", "0123456789+−=()niT", SuperscriptRise);
        AddReduced(glyphs, "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", "0123456789+−=()aehijklmnoprstuvx", SubscriptRise);
        AddReduced(glyphs, "ᵦᵧᵨᵩᵪ", "βγρφχ", SubscriptRise);
        return glyphs;
    }

    private static void AddReduced(Dictionary<Rune, Glyph> glyphs, string reduced, string full, double rise)
    {
        foreach ((Rune small, Rune large) in reduced.EnumerateRunes().Zip(full.EnumerateRunes()))
        {
            glyphs[small] = glyphs[large] with { Scale = ReducedScale, Rise = rise };
        }
    }
}
