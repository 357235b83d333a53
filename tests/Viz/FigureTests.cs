using ScoreGpu.Engine;
using ScoreGpu.Viz;

namespace ScoreGpu.Tests.Viz;

public sealed class FigureTests
{
    [Fact]
    public void Same_description_gives_the_same_bytes()
    {
        Assert.Equal(Sample(Theme.Dark).ToPng(), Sample(Theme.Dark).ToPng());
        Assert.Equal(Sample(Theme.Dark).ToSvg(), Sample(Theme.Dark).ToSvg());
    }

    [Fact]
    public void Themes_differ()
    {
        Assert.NotEqual(Sample(Theme.Dark).ToPng(), Sample(Theme.Light).ToPng());
        Assert.NotEqual(Sample(Theme.Dark).ToSvg(), Sample(Theme.Light).ToSvg());
    }

    [Fact]
    public void Save_chooses_by_extension_and_leaves_no_other_file()
    {
        string folder = Directory.CreateTempSubdirectory("figure").FullName;
        try
        {
            string svg = Path.Combine(folder, "a.svg");
            string png = Path.Combine(folder, "a.PNG");
            File.WriteAllText(svg, "old");
            Sample(Theme.Dark).Save(svg);
            Sample(Theme.Dark).Save(png, dpi: 50);
            Assert.Equal(Sample(Theme.Dark).ToSvg(), File.ReadAllText(svg));
            Assert.Equal(200, PngDecoder.Decode(File.ReadAllBytes(png)).Width);
            Assert.Equal([png, svg], Directory.GetFiles(folder).Order(StringComparer.Ordinal));
            Assert.Throws<ArgumentException>(() => Sample(Theme.Dark).Save(Path.Combine(folder, "a.pdf")));
            Assert.Equal(2, Directory.GetFiles(folder).Length);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Failed_save_leaves_the_folder_as_it_was()
    {
        string folder = Directory.CreateTempSubdirectory("figure").FullName;
        try
        {
            // A folder in the file's place makes the last step fail.
            string path = Path.Combine(folder, "a.svg");
            Directory.CreateDirectory(path);
            Assert.Throws<InputException>(() => Sample(Theme.Dark).SaveSvg(path));
            Assert.Empty(Directory.GetFiles(folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Empty_layers_draw_nothing_and_do_not_fail()
    {
        var figure = new Figure(3, 3);
        figure[0, 0].Line(Array.Empty<double>()).Scatter(Array.Empty<float>()).Trajectories([])
            .Quiver(Array.Empty<double>(), Array.Empty<double>()).Trajectories([Array.Empty<double>()])
            .Legend().ColorBar();
        Assert.NotEmpty(figure.ToPng());
        Assert.NotEmpty(figure.ToSvg());
    }

    [Fact]
    public void Far_data_and_log_axes_stay_finite()
    {
        var figure = new Figure(3, 3);
        figure[0, 0].XLimits(0, 1).YLimits(1e-3, 1).LogY()
            .Line(new double[] { 0, 0.5, 1 }, new double[] { -1e300, 1e300, 0 }, dash: Dash.Dotted);
        Assert.DoesNotContain("NaN", figure.ToSvg(), StringComparison.Ordinal);
        Assert.DoesNotContain("∞", figure.ToSvg(), StringComparison.Ordinal);
        Assert.NotEmpty(figure.ToPng());
    }

    [Fact]
    public void Inks_follow_the_theme_unless_fixed()
    {
        Assert.NotEqual(Ink.Blue.In(Theme.Dark), Ink.Blue.In(Theme.Light));
        Assert.Equal(Color.Parse("#12ab34"), ((Ink)"#12ab34").In(Theme.Light));
        Assert.Equal(Ink.Cycle(3), Ink.Cycle(3 + Theme.PaletteSize));
        Assert.Equal(Theme.Dark.Foreground, Ink.Foreground.In(Theme.Dark));
    }

    [Fact]
    public void Palettes_stand_out_from_their_pages()
    {
        foreach (Theme theme in new[] { Theme.Dark, Theme.Light })
        {
            Assert.All(theme.Palette, color => Assert.InRange(Contrast(color, theme.Panel), 3, 21));
            Assert.True(Contrast(theme.Foreground, theme.Background) >= 7);
            Assert.True(Contrast(theme.Muted, theme.Background) >= 4.5);
        }
    }

    // The contrast ratio of the Web Content Accessibility Guidelines.
    private static double Contrast(Color a, Color b)
    {
        double high = Math.Max(Luminance(a), Luminance(b));
        double low = Math.Min(Luminance(a), Luminance(b));
        return (high + 0.05) / (low + 0.05);
    }

    private static double Luminance(Color color)
    {
        return (0.2126 * Linear(color.R)) + (0.7152 * Linear(color.G)) + (0.0722 * Linear(color.B));

        static double Linear(byte sample)
        {
            double v = sample / 255.0;
            return v <= 0.04045 ? v / 12.92 : Math.Pow((v + 0.055) / 1.055, 2.4);
        }
    }

    private static Figure Sample(Theme theme)
    {
        var figure = new Figure(4, 3) { Theme = theme };
        Column x = Column.Even(-3, 3, 50);
        figure[0, 0].Title("Determined").Fill(x, x.Map(Math.Sin)).Line(x, x.Map(Math.Sin), label: "sin").Legend();
        return figure;
    }
}
