using ScoreGpu.Viz;
using ScoreGpu.Viz.Png;

namespace ScoreGpu.Tests.Viz;

public sealed class PngTests
{
    [Theory]
    [InlineData(100, 320, 210)]
    [InlineData(200, 640, 420)]
    [InlineData(72, 230, 151)]
    public void Size_is_inches_times_dpi(double dpi, int width, int height)
    {
        var figure = new Figure(3.2, 2.1);
        figure[0, 0].Line(new double[] { 0, 1, 4 }).Title("Decoded");
        PngDecoder image = PngDecoder.Decode(figure.ToPng(dpi));
        Assert.Equal((width, height, 3), (image.Width, image.Height, image.Channels));
        Assert.Equal((int)Math.Round(dpi / 0.0254), image.PixelsPerMetre);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Samples_come_back(int channels)
    {
        byte[] samples = new byte[17 * 9 * channels];
        new Random(5).NextBytes(samples);
        for (int i = 0; i < 17 * channels * 4; i++)
        {
            samples[i] = (byte)(i / channels);
        }

        PngDecoder image = PngDecoder.Decode(PngWriter.Encode(17, 9, samples, channels));
        Assert.Equal((17, 9, channels), (image.Width, image.Height, image.Channels));
        Assert.Equal(samples, image.Samples);
    }

    [Fact]
    public void Page_and_panel_have_the_themes_colours()
    {
        var figure = new Figure(3, 3) { Theme = Theme.Light };
        figure[0, 0].Square(1).NoAxes();
        PngDecoder image = PngDecoder.Decode(figure.ToPng());
        Assert.Equal(Bytes(Theme.Light.Background), image[1, 1]);
        Assert.Equal(Bytes(Theme.Light.Panel), image[150, 150]);
    }

    [Fact]
    public void Text_leaves_marks_in_both_resolutions()
    {
        foreach (double dpi in new double[] { 100, 200 })
        {
            PngDecoder bare = PngDecoder.Decode(new Figure(3, 1).ToPng(dpi));
            var figure = new Figure(3, 1);
            figure[0, 0].Title("σ = 1");
            PngDecoder titled = PngDecoder.Decode(figure.ToPng(dpi));
            int titleSamples = (int)(0.3 * dpi) * titled.Width * titled.Channels;
            int brightest = titled.Samples.Take(titleSamples).Max();
            Assert.NotEqual(bare.Samples, titled.Samples);
            Assert.True(brightest > 220, $"The title's brightest pixel is {brightest}.");
        }
    }

    private static (byte R, byte G, byte B) Bytes(Color color) => (color.R, color.G, color.B);
}
