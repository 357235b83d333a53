using System.Text.Json;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Files;
using ScoreGpu.Tests.Viz;

namespace ScoreGpu.Tests.Cli;

public sealed class DrawCommandTests : IDisposable
{
    private const string Draw = "draw --model @m.safetensors --size 150x90 ";

    private readonly CliFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--color time --sampler ddim")]
    [InlineData("--color mode --tone histogram")]
    [InlineData("--color speed --theme light --tone linear")]
    [InlineData("--color density --sampler ddim --eta 0.3 --colormap magma")]
    public void A_picture_has_the_same_bytes_for_any_threads_and_batches(string look)
    {
        _folder.Train("m.safetensors", "--data four-gaussians --time-steps 7");
        byte[] first = [];
        foreach (string how in new[]
        {
            "--threads 1", "--threads 2", "--threads 7", "--batch 64", "--batch 1000 --threads 2", "--batch 77 --threads 7",
        })
        {
            _folder.Succeed(Draw + $"{look} --count 700 {how} --out @p.png");
            byte[] picture = File.ReadAllBytes(_folder["p.png"]);
            first = first.Length == 0 ? picture : first;
            Assert.Equal(first, picture);
        }

        PngDecoder image = PngDecoder.Decode(first);
        Assert.Equal((150, 90, 3), (image.Width, image.Height, image.Channels));
        Assert.True(Colours(image) > 100, $"{Colours(image)} colours");

        _folder.Succeed(Draw + $"{look} --count 700 --seed 1 --out @q.png");
        Assert.NotEqual(first, File.ReadAllBytes(_folder["q.png"]));
    }

    [Theory]
    [InlineData("--data four-gaussians --time-steps 9", "--sampler ddpm --variance beta-tilde", 9)]
    [InlineData("--data four-gaussians --time-steps 30", "--sampler dpm-solver++2m --steps 5", 5)]
    [InlineData("--data ring8 --process ncsn --levels 3", "--steps 4 --color mode", 12)]
    [InlineData("--data ring8 --process ncsn --levels 3", "--sampler rk4 --steps 3", 9)]
    [InlineData("--data four-gaussians --process dsm", "--steps 20 --start-scale 3", 20)]
    [InlineData("--data two-moons --process vp", "--sampler heun --steps 4 --color speed", 7)]
    public void Every_table_is_drawn(string training, string options, int rows)
    {
        _folder.Train("m.safetensors", training);
        JsonElement json = _folder.SucceedWithJson(Draw + $"--count 70 {options} --out @p.png");
        Assert.Equal(70 * rows, json.GetProperty("segments").GetInt64());
        Assert.Equal(rows, json.GetProperty("nfe").GetInt32());
        Assert.Equal(70, json.GetProperty("count").GetInt32());
        Assert.True(json.GetProperty("peak_memory_bytes").GetInt64() > 1 << 20);
        Assert.True(json.GetProperty("segments_per_second").GetDouble() > 0);
        Assert.Equal(["m.safetensors", "p.png"], _folder.Files);
    }

    [Fact]
    public void The_view_is_what_was_asked_for_widened_to_one_scale()
    {
        _folder.Train("m.safetensors", "--data four-gaussians --time-steps 5");
        Assert.Equal([-5.0, 5, -3, 3], View("--view -3 3"));
        Assert.Equal([-4.0, 6, -3, 3], View("--view 0.5 1.5 -3 3"));
        Assert.Equal([-1.0, 2, -0.4, 1.4], View("--view -1 2 0 1"), (a, b) => Math.Abs(a - b) < 1e-12);
        double[] usual = View("");
        Assert.Equal(5.0 / 3, (usual[1] - usual[0]) / (usual[3] - usual[2]), 1e-9);
        Assert.Equal(usual, View("--threads 2 --batch 50"));

        double[] View(string option) =>
        [
            .. _folder.SucceedWithJson(Draw + $"--count 100 {option} --out @p.png")
                .GetProperty("view").EnumerateArray().Select(edge => edge.GetDouble()),
        ];
    }

    [Fact]
    public void Standardised_models_are_drawn_in_data_units()
    {
        float[] points = [.. Enumerable.Range(0, 400).Select(i => i % 2 == 0 ? 1000f + (i % 7) : -5f + (i % 11))];
        PointsFile.Write(_folder["d.csv"], new PointSet(points, 200, 2));
        PointsFile.Write(_folder["modes.csv"], new PointSet([1000, 0, 1006, 0], 2, 2));
        _folder.Train("m.safetensors", $"--data {_folder["d.csv"]} --time-steps 5");
        JsonElement json = _folder.SucceedWithJson(
            Draw + "--count 100 --color mode --modes @modes.csv --theme light --out @p.png");
        double[] view = [.. json.GetProperty("view").EnumerateArray().Select(edge => edge.GetDouble())];
        Assert.InRange(1003, view[0], view[1]);
        Assert.InRange(view[1] - view[0], 1, 200);
        Assert.True(Colours(PngDecoder.Decode(File.ReadAllBytes(_folder["p.png"]))) > 50);
    }

    [Fact]
    public void Trajectories_begin_where_they_are_told_to()
    {
        _folder.Train("m.safetensors", "--data four-gaussians --process vp");
        float[] start = [.. Enumerable.Range(0, 260).Select(i => MathF.Sin(i))];
        PointsFile.Write(_folder["s.npy"], new PointSet(start, 130, 2));
        foreach (string how in new[] { "", " --batch 64" })
        {
            _folder.Succeed(Draw + $"--sampler heun --encode --start @s.npy{how} --out @p{how.Length}.png");
        }

        Assert.Equal(File.ReadAllBytes(_folder["p0.png"]), File.ReadAllBytes(_folder["p11.png"]));
        Assert.Contains(
            "as many as the points", _folder.Refuse(Draw + "--start @s.npy --count 5 --out @q.png"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("--color mode --theme light", 3)]
    public void Films_are_the_frames_and_do_not_depend_on_threads_and_batches(string look, int channels)
    {
        _folder.Train("m.safetensors", "--data four-gaussians --time-steps 9");
        string line = $"draw --model @m.safetensors --animate --frames 7 --fps 20 --hold 0.5 --count 300 {look} ";
        JsonElement json = _folder.SucceedWithJson(line + "--size 64x48 --out @a.png --frames-to @film --threads 1");
        _folder.Succeed(line + "--size 64x48 --out @b.png --threads 7 --batch 64");
        Assert.Equal(File.ReadAllBytes(_folder["a.png"]), File.ReadAllBytes(_folder["b.png"]));
        Assert.Equal(7, json.GetProperty("frames").GetInt32());

        (List<PngDecoder> frames, List<double> seconds, int plays) =
            PngDecoder.DecodeFilm(File.ReadAllBytes(_folder["a.png"]));
        Assert.Equal(0, plays);
        Assert.Equal([.. Enumerable.Repeat(0.05, 6), 0.55], seconds);
        Assert.Equal((64, 48, channels), (frames[0].Width, frames[0].Height, frames[0].Channels));
        string[] files = [.. Directory.GetFiles(_folder["film"]).Order()];
        Assert.Equal(7, files.Length);
        for (int i = 0; i < 7; i++)
        {
            PngDecoder still = PngDecoder.Decode(File.ReadAllBytes(files[i]));
            Assert.Equal(still.Samples, frames[i].Samples);
            Assert.Equal(still.Palette, frames[i].Palette);
            Assert.True(i == 0 || !frames[i].Samples.SequenceEqual(frames[i - 1].Samples));
        }
    }

    [Fact]
    public void Films_have_a_size_of_their_own_and_need_no_file_beside_a_folder()
    {
        _folder.Train("m.safetensors", "--data two-moons --time-steps 3");
        _folder.Succeed("draw --model @m.safetensors --animate --frames 2 --count 50 --frames-to @film");
        PngDecoder frame = PngDecoder.Decode(File.ReadAllBytes(Path.Combine(_folder["film"], "frame-0001.png")));
        Assert.Equal((960, 540), (frame.Width, frame.Height));
        Assert.Equal(["m.safetensors"], _folder.Files);
    }

    [Theory]
    [InlineData("--sampler mala", "cannot be drawn", "driven by the host", "--data four-gaussians --process dsm")]
    [InlineData("--sampler rk45", "rk45 cannot be drawn", "another --sampler", "--data two-moons --process vp")]
    [InlineData(
        "--sampler predictor-corrector --corrector-norm batch", "cannot be drawn", "--corrector-norm",
        "--data four-gaussians")]
    [InlineData("--color mode", "'two-moons' has no known modes", "--modes", "--data two-moons")]
    [InlineData("--color time --modes two-gaussians", "--modes", "--color time", "--data two-moons")]
    [InlineData("--color mode --colormap dusk", "--colormap", "--color mode", "--data four-gaussians")]
    [InlineData("--color mode --modes two-peaks-1d", "--modes is", "dimension 2", "--data four-gaussians")]
    [InlineData("", "1 dimension", "at least 2", "--data two-peaks-1d")]
    [InlineData("--coordinates 0 2", "--coordinates", "from 0 to 1", "--data two-moons")]
    [InlineData("--coordinates 1 1", "--coordinates", "different", "--data two-moons")]
    [InlineData("--view 3 1", "--view is '3 1'", "the lower", "--data two-moons")]
    [InlineData("--view 1 2 3", "--view is '1 2 3'", "two or four", "--data two-moons")]
    [InlineData("--view 1e30 2e30", "in view", "--view", "--data two-moons")]
    [InlineData("--size 10", "--size is '10'", "with an x", "--data two-moons")]
    [InlineData("--size 0x10", "--size is '0x10'", "from 1", "--data two-moons")]
    [InlineData("--size 16385x10", "--size is '16385x10'", "16384", "--data two-moons")]
    [InlineData("--frames 9", "--frames means nothing alone", "--animate", "--data two-moons")]
    [InlineData("--frames-to film", "--frames-to means nothing alone", "--animate", "--data two-moons")]
    [InlineData("--animate --color speed", "--color is 'speed'", "density or mode", "--data two-moons")]
    [InlineData("--animate --size 4001x9", "--size is '4001x9'", "4000", "--data two-moons")]
    [InlineData("--animate --count 3000000", "--count times --frames", "at most", "--data two-moons")]
    [InlineData("--animate --frames 1", "--frames is '1'", "from 2", "--data two-moons")]
    [InlineData("--tone bright", "--tone is 'bright'", "nearest", "--data two-moons")]
    [InlineData("--step-size 1e30", "finite", "--step-size", "--data two-moons --process dsm")]
    public void What_cannot_be_drawn_is_refused(string options, string what, string expected, string training)
    {
        _folder.Train("m.safetensors", training);
        string error = _folder.Refuse($"draw --model @m.safetensors {options} --out @p.png");
        Assert.Contains(what, error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Something_to_write_is_needed()
    {
        _folder.Train("m.safetensors");
        Assert.Contains("--out", _folder.Refuse("draw --model @m.safetensors"), StringComparison.Ordinal);
        Assert.Contains(".png", _folder.Refuse("draw --model @m.safetensors --out @p.svg"), StringComparison.Ordinal);
        Assert.Contains(
            "is a file",
            _folder.Refuse("draw --model @m.safetensors --animate --count 9 --frames 2 --frames-to @m.safetensors"),
            StringComparison.Ordinal);
    }

    private static int Colours(PngDecoder image)
    {
        HashSet<(byte, byte, byte)> colours = [];
        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < image.Width; x++)
            {
                colours.Add(image[x, y]);
            }
        }

        return colours.Count;
    }
}
