using System.Text;

namespace ScoreGpu.Viz.Lettering;

/// <summary>Places the letters of a line; lengths in hundredths of an em.</summary>
internal static class TypeSetter
{
    private const double TallFrom = 60;
    private const double TallRise = 21;

    /// <summary>The letters of a line from left to right, marks right after the letter they go over.</summary>
    public static IReadOnlyList<PlacedGlyph> Set(string text, bool isBold)
    {
        double weight = isBold ? Glyph.Pen.Bold : Glyph.Pen.Regular;
        var placed = new List<PlacedGlyph>(text.Length);
        double x = 0;
        PlacedGlyph? letter = null;
        foreach (Rune rune in GlyphTable.Decompose(text))
        {
            if (GlyphTable.FindMark(rune) is { } mark)
            {
                placed.Add(Over(letter, mark, x));
                continue;
            }

            Glyph glyph = GlyphTable.Find(rune) ?? GlyphTable.Missing;
            letter = new PlacedGlyph(glyph, x, 0);
            placed.Add(letter);
            x += glyph.Advance(weight);
        }

        return placed;
    }

    /// <summary>The length of a line, in the unit of <paramref name="size"/>.</summary>
    public static double Measure(string text, double size, bool isBold)
    {
        double weight = isBold ? Glyph.Pen.Bold : Glyph.Pen.Regular;
        double width = 0;
        foreach (Rune rune in GlyphTable.Decompose(text))
        {
            if (GlyphTable.FindMark(rune) is null)
            {
                width += (GlyphTable.Find(rune) ?? GlyphTable.Missing).Advance(weight);
            }
        }

        return width * size / 100;
    }

    private static PlacedGlyph Over(PlacedGlyph? letter, Glyph mark, double x)
    {
        if (letter is null)
        {
            return new PlacedGlyph(mark, x, 0);
        }

        Glyph under = letter.Glyph;
        double rise = under.Top > TallFrom ? TallRise : 0;
        Glyph fitted = mark with { Scale = under.Scale, Rise = under.Rise, Left = under.Left };
        return new PlacedGlyph(fitted, letter.X + (under.Width * under.Scale / 2), rise);
    }
}

/// <summary>A letter at its place in a line.</summary>
/// <param name="Glyph">The letter.</param>
/// <param name="X">Where its free space begins.</param>
/// <param name="Lift">How far it is raised before scaling.</param>
internal sealed record PlacedGlyph(Glyph Glyph, double X, double Lift);
