using ScoreGpu.Engine.Drawing;
using ScoreGpu.Tests.Engine;
using ScoreGpu.Viz;
using ScoreGpu.Viz.Pictures;
using ScoreGpu.Viz.Png;

namespace ScoreGpu.Tests.Viz.Pictures;

public sealed class CloudFilmTests
{
    private static readonly CanvasView View = new(-1, 1, -1, 1);

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    public void Films_come_back_frame_by_frame(int pixelBytes)
    {
        Random random = new(7);
        PngColour colour = pixelBytes switch { 1 => PngColour.Palette, 3 => PngColour.Rgb, _ => PngColour.Rgba };
        Color[] palette = [.. Enumerable.Range(0, pixelBytes == 1 ? 256 : 0).Select(i => new Color((byte)i, 7, 9))];
        byte[][] samples = [.. Enumerable.Range(0, 5).Select(_ => new byte[13 * 7 * pixelBytes])];
        Array.ForEach(samples, random.NextBytes);
        PngFrame[] frames = [.. samples.Select(each => PngFrame.Compress(13, 7, colour, each))];

        (List<PngDecoder> decoded, List<double> seconds, int plays) =
            PngDecoder.DecodeFilm(ApngWriter.Encode(frames, palette, 25, 2));

        Assert.Equal(0, plays);
        Assert.Equal([0.04, 0.04, 0.04, 0.04, 2.04], seconds);
        Assert.Equal(samples, decoded.Select(frame => frame.Samples));
        for (int i = 0; i < frames.Length; i++)
        {
            PngDecoder still = PngDecoder.Decode(PngWriter.Encode(frames[i], palette));
            Assert.Equal(samples[i], still.Samples);
            Assert.Equal(decoded[i].Palette, still.Palette);
        }
    }

    [Fact]
    public void A_frame_is_the_blobs_of_its_points()
    {
        Random random = new(8);
        (int width, int height, int count) = (31, 17, 400);
        float[] states = [.. Enumerable.Range(0, 2 * 2 * count).Select(_ => (float)((2.4 * random.NextDouble()) - 1.2))];
        states[0] = float.NaN;
        states[5] = float.PositiveInfinity;
        CloudTracks tracks = new(width, height, View, 2, count);
        tracks.Set(0, states, count, 2);
        CloudCanvas canvas = new(tracks, null);
        for (int frame = 0; frame < 2; frame++)
        {
            canvas.Draw(frame);
            double[] expected = Blobs(states.AsSpan(frame * 2 * count, 2 * count), width, height);
            for (int pixel = 0; pixel < width * height; pixel++)
            {
                Assert.Equal((ulong)expected[pixel], canvas.Sums[4 * pixel]);
            }
        }
    }

    [Fact]
    public void Colours_add_up_as_weights_do()
    {
        CloudTracks tracks = new(20, 20, View, 2, 3);
        tracks.Set(0, [-0.5f, 0, 0.1f, 0, 0.6f, 0.2f, -0.5f, 0, 0.1f, 0, 0.6f, 0.2f], 3, 2);
        tracks.SetModes(0, [-0.5f, 0, 0.1f, 0, 0.6f, 0.2f], [0.5f, 0, -0.6f, 0], 2);
        CanvasColour[] hues = [new(10, 20, 30), new(1, 2, 3)];
        CloudCanvas coloured = new(tracks, hues);
        coloured.Draw(1);
        ulong[] sums = [0, 0, 0, 0];
        for (int i = 0; i < coloured.Sums.Length; i++)
        {
            sums[i % 4] += coloured.Sums[i];
        }

        // Two points to the first centre, one to the second; nothing lost at the edges.
        Assert.Equal([3 * 65536UL, 65536UL * 21, 65536UL * 42, 65536UL * 63], sums);
    }

    [Theory]
    [InlineData(10, 6)]
    [InlineData(5, 6)]
    [InlineData(3, 7)]
    public void Frames_are_evenly_over_the_rows(int rows, int frames)
    {
        // One point that moves a tenth of a pixel a row, from a pixel's middle.
        float[] states = [.. Enumerable.Range(0, rows + 1).SelectMany(row => (float[])[-0.875f + (row / 40f), 0.01f])];
        CloudTracks tracks = new(8, 8, View, frames, 1);
        tracks.Set(0, states, 1, 2);
        for (int frame = 0; frame < frames; frame++)
        {
            double row = (double)frame * rows / (frames - 1);
            row = rows >= frames - 1 ? Math.Round(row, MidpointRounding.AwayFromZero) : row;
            double place = 16 * 8 * (0.125 + (row / 40)) / 2;
            Assert.InRange(tracks.PlacesOf(frame)[0], place - 1, place + 1e-3);
        }
    }

    [Fact]
    public void Frames_share_one_scale_of_tones()
    {
        // The first frame has the points apart, the last all in one place.
        float[] states = new float[2 * 2 * 50];
        for (int n = 0; n < 50; n++)
        {
            (states[2 * n], states[(2 * n) + 1]) = (-0.9f + (0.036f * n), 0.5f);
        }

        CloudTracks tracks = new(200, 60, View, 2, 50);
        tracks.Set(0, states, 50, 2);
        CloudFilm film = CloudFilm.OfDensity(
            tracks, ToneMapping.Linear, ColorMap.Night, new Progress<double>(), CancellationToken.None);
        PngDecoder first = PngDecoder.Decode(film.ToPng(0));
        PngDecoder last = PngDecoder.Decode(film.ToPng(1));
        Assert.Equal(255, last.Samples.Max());
        Assert.InRange(first.Samples.Max(), 1, 255 / 10);
    }

    [Fact]
    public void Frames_are_written_all_or_none()
    {
        CloudTracks tracks = new(8, 6, View, 3, 1);
        tracks.Set(0, [0, 0, 0.5f, 0.5f], 1, 2);
        CloudFilm film = CloudFilm.OfModes(
            tracks, ToneMapping.Logarithmic, Theme.Dark, TrajectoryPalette.OfModes(1), new Progress<double>(),
            CancellationToken.None);
        using TemporaryFolder folder = new();
        string target = Path.Combine(folder.PathOf("a"), "film");
        film.WriteFrames(target);
        Assert.Equal(
            ["frame-0000.png", "frame-0001.png", "frame-0002.png"],
            Directory.GetFiles(target).Select(file => Path.GetFileName(file)).Order());
        (List<PngDecoder> frames, _, _) = PngDecoder.DecodeFilm(film.ToApng(10, 0));
        for (int i = 0; i < 3; i++)
        {
            PngDecoder still = PngDecoder.Decode(
                File.ReadAllBytes(Path.Combine(target, FormattableString.Invariant($"frame-000{i}.png"))));
            Assert.Equal(still.Samples, frames[i].Samples);
        }

        using CancellationTokenSource source = new();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => CloudFilm.OfDensity(
            tracks, ToneMapping.Linear, ColorMap.Night, new Progress<double>(), source.Token));
    }

    /// <summary>Bilinear shares of 1/16 of a pixel, then the binomial filter, by definition.</summary>
    private static double[] Blobs(ReadOnlySpan<float> points, int width, int height)
    {
        double[] binomial = [1, 4, 6, 4, 1];
        double[] sums = new double[width * height];
        for (int n = 0; n < points.Length / 2; n++)
        {
            double x = Math.Floor((points[2 * n] + 1.0) / 2 * width * 16) / 16;
            double y = Math.Floor((1.0 - points[(2 * n) + 1]) / 2 * height * 16) / 16;
            if (!(x >= 0 && x < width && y >= 0 && y < height))
            {
                continue;
            }

            for (int row = 0; row < height; row++)
            {
                for (int column = 0; column < width; column++)
                {
                    sums[(row * width) + column] += 256 * Math.Max(0, 1 - Math.Abs(x - 0.5 - column))
                        * Math.Max(0, 1 - Math.Abs(y - 0.5 - row));
                }
            }
        }

        double[] blurred = new double[width * height];
        for (int pixel = 0; pixel < sums.Length; pixel++)
        {
            for (int dy = -2; dy <= 2; dy++)
            {
                for (int dx = -2; dx <= 2; dx++)
                {
                    int column = (pixel % width) + dx;
                    int row = (pixel / width) + dy;
                    if (column >= 0 && column < width && row >= 0 && row < height)
                    {
                        blurred[pixel] += binomial[dx + 2] * binomial[dy + 2] * sums[(row * width) + column];
                    }
                }
            }
        }

        return blurred;
    }
}
