using ScoreGpu.Engine.Drawing;
using ScoreGpu.Viz;
using ScoreGpu.Viz.Pictures;

namespace ScoreGpu.Tests.Viz.Pictures;

public sealed class ExposureTests
{
    public static TheoryData<string> Themes => ["dark", "light"];

    [Theory]
    [MemberData(nameof(Themes))]
    public void No_tone_is_the_page_and_more_is_further_from_it(string name)
    {
        Theme theme = name == "dark" ? Theme.Dark : Theme.Light;
        Exposure exposure = new(theme);
        byte[] pixel = new byte[3];
        exposure.Expose(0, 1, 0.5, 0.1, pixel);
        Assert.Equal([theme.Background.R, theme.Background.G, theme.Background.B], pixel);
        int sign = name == "dark" ? 1 : -1;
        int[] last = [.. pixel.Select(value => sign * value)];
        for (double tone = 0.05; tone <= 1; tone += 0.05)
        {
            exposure.Expose(tone, 1, 0.5, 0.1, pixel);
            int[] now = [.. pixel.Select(value => sign * value)];
            Assert.All(now.Zip(last), pair => Assert.True(pair.First >= pair.Second));
            last = now;
        }

        // The hue keeps its order in either theme.
        Assert.True(pixel[0] > pixel[1] && pixel[1] > pixel[2], string.Join(' ', pixel));
    }

    [Fact]
    public void Pixels_are_the_formulas()
    {
        Random random = new(6);
        byte[] pixel = new byte[3];
        foreach (Theme theme in new[] { Theme.Dark, Theme.Light })
        {
            Exposure exposure = new(theme);
            for (int i = 0; i < 200; i++)
            {
                double tone = random.NextDouble();
                double[] hue = [random.NextDouble(), random.NextDouble(), random.NextDouble()];
                exposure.Expose(tone, 77 * hue[0], 77 * hue[1], 77 * hue[2], pixel);
                byte[] page = [theme.Background.R, theme.Background.G, theme.Background.B];
                for (int channel = 0; channel < 3; channel++)
                {
                    double h = hue[channel] / hue.Max();
                    double p = Light(page[channel] / 255.0);
                    double light = theme == Theme.Dark
                        ? 1 - ((1 - p) * Math.Pow(1 - (0.97 * Light(tone)), h))
                        : p * Math.Pow(Light(1 - (0.97 * tone)), 1 - (h * (1 - (0.3 * tone))));
                    Assert.InRange(Light((pixel[channel] - 1.0) / 255), -1, light);
                    Assert.InRange(light, 0, Light((pixel[channel] + 1.0) / 255));
                }
            }
        }
    }

    [Fact]
    public void Palettes_are_hues_with_one_component_full()
    {
        foreach (ColorMap map in new[] { ColorMap.Dawn, ColorMap.Dusk, ColorMap.Magma })
        {
            IReadOnlyList<CanvasColour> palette = TrajectoryPalette.Of(map);
            Assert.Equal(256, palette.Count);
            Assert.All(palette, RequireFull);
        }

        for (int count = 1; count <= 255; count++)
        {
            IReadOnlyList<CanvasColour> modes = TrajectoryPalette.OfModes(count);
            Assert.Equal(count + 1, modes.Count);
            Assert.All(modes, RequireFull);
            Assert.Equal(count + 1, count > 12 ? count + 1 : modes.Distinct().Count());
        }

        static void RequireFull(CanvasColour colour) =>
            Assert.Equal(255, Math.Max(colour.First, Math.Max(colour.Second, colour.Third)));
    }

    [Fact]
    public void Speeds_take_colours_by_rank()
    {
        ColorMap map = new("grey", "#ff0000", "#0000ff");
        double[] speeds = [.. Enumerable.Range(1, 1000).Select(i => i * i / 1e4)];
        IReadOnlyList<CanvasColour> palette = TrajectoryPalette.OfSpeeds(map, speeds, 100);
        IReadOnlyList<CanvasColour> even = TrajectoryPalette.Of(map);
        for (int i = 0; i < 256; i++)
        {
            double share = speeds.Count(speed => speed < (i + 0.5) * 100 / 256) / 1000.0;
            int at = (int)Math.Round(share * 255);
            Assert.InRange((int)palette[i].First, even[Math.Min(255, at + 1)].First, even[Math.Max(0, at - 1)].First);
        }
    }

    private static double Light(double value) =>
        value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
}
