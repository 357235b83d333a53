using System.Text;
using ScoreGpu.Viz.Drawing;
using ScoreGpu.Viz.Lettering;

namespace ScoreGpu.Tests.Viz;

public sealed class LetteringTests
{
    [Theory]
    [InlineData("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")]
    [InlineData(" !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")]
    [InlineData("αβγδεζηθικλμνξοπρςστυφχψωΔΣΩΦΨΛΓΘΠΞ")]
    [InlineData("∇∂√∞≈≤≥≠±×·−–—→←‖∈𝒩°…“”‘’∝∫ℝ½")]
    [InlineData("⁰¹²³⁴⁵⁶⁷⁸⁹⁻₀₁₂₃₄₅₆₇₈₉ₜₓᵢ")]
    public void Characters_have_letters(string characters)
    {
        foreach (Rune rune in characters.EnumerateRunes())
        {
            Glyph? glyph = GlyphTable.Find(rune);
            Assert.True(glyph is not null, $"There is no letter for {rune}.");
            Assert.True(Rune.IsWhiteSpace(rune) || glyph.Strokes.Polylines.Count + glyph.Dots.Count > 0);
        }
    }

    [Fact]
    public void Every_printable_ascii_character_is_drawn()
        => Assert.All(Enumerable.Range(' ', '~' - ' ' + 1), code => Assert.NotNull(GlyphTable.Find(new Rune(code))));

    [Fact]
    public void Letters_stay_within_their_widths_and_line()
    {
        foreach (Rune rune in GlyphTable.Supported)
        {
            if (GlyphTable.Find(rune) is { } glyph)
            {
                IEnumerable<Point2> points = glyph.Strokes.Polylines.SelectMany(p => p.Points).Concat(glyph.Dots);
                Assert.All(points, p => Assert.True(
                    p.X >= -4 && p.X <= glyph.Width + 4 && p.Y is >= -24 and <= 86, $"{rune} reaches ({p.X}, {p.Y})."));
            }
        }
    }

    [Fact]
    public void Figures_share_one_width()
    {
        const string Figures = "0123456789";
        Assert.Single(Figures.Select(digit => TypeSetter.Measure(digit.ToString(), 10, isBold: false)).Distinct());
    }

    [Theory]
    [InlineData("α\u0304", "ᾱ")]
    [InlineData("x\u0303", "x")]
    [InlineData("σ\u0302", "σ")]
    public void Marks_over_letters_take_no_room(string marked, string bare)
    {
        Assert.Equal(TypeSetter.Measure(bare, 10, false), TypeSetter.Measure(marked, 10, false), 1e-12);
        Assert.Equal(2, TypeSetter.Set(marked, isBold: false).Count);
    }

    [Fact]
    public void Composed_and_decomposed_letters_are_set_alike()
        => Assert.Equal(TypeSetter.Set("α\u0304", false), TypeSetter.Set("ᾱ", false));

    [Fact]
    public void Unknown_characters_become_a_box()
        => Assert.Same(GlyphTable.Missing, TypeSetter.Set("日", isBold: false).Single().Glyph);

    [Fact]
    public void Bold_is_wider_and_size_scales()
    {
        Assert.True(TypeSetter.Measure("Score", 10, isBold: true) > TypeSetter.Measure("Score", 10, isBold: false));
        Assert.Equal(3 * TypeSetter.Measure("Score", 10, false), TypeSetter.Measure("Score", 30, false), 1e-9);
    }
}
