using System.Text.Json;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Files;

namespace ScoreGpu.Tests.Cli;

/// <summary><c>--shard</c> and <c>merge</c>: what one run writes, byte for byte.</summary>
public sealed class ShardCommandTests : IDisposable
{
    private const string Ddpm = "--data four-gaussians --time-steps 8";
    private const string Ncsn = "--data ring8 --process ncsn --levels 3";
    private const string Dsm = "--data four-gaussians --process dsm";

    private readonly CliFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(150)]
    public void Any_number_of_shards_merges_to_the_bytes_of_one_run(int count)
    {
        _folder.Train("m.safetensors", Ddpm);
        const string Line = "sample --model @m.safetensors --count 130 --seed 5";
        Assert.Equal(Whole(Line, "x.npy"), Merged(Line, "x.npy", count));
    }

    [Theory]
    [InlineData(Ddpm, "--sampler ddim --eta 0.4")]
    [InlineData(Ncsn, "--steps 4 --denoise")]
    [InlineData(Ncsn, "--sampler rk45 --rtol 1e-3 --atol 1e-3")]
    [InlineData(Ncsn, "--sampler edm --steps 5 --churn 2")]
    [InlineData(Dsm, "--sampler mala --steps 7")]
    [InlineData(Dsm, "--steps 7 --start-scale 0.5")]
    [InlineData(Ddpm, "--sampler predictor-corrector --corrector-norm sample --steps 4")]
    [InlineData(Ncsn, "--sampler rk4 --steps 4 --encode --start @start.npy")]
    [InlineData(Ddpm, "--start @start.npy")]
    public void Every_sampler_can_be_sharded(string training, string options)
    {
        _folder.Train("m.safetensors", training);
        float[] start = [.. Enumerable.Range(0, 140).Select(i => MathF.Sin(i))];
        PointsFile.Write(_folder["start.npy"], new PointSet(start, 70, 2));
        string line = $"sample --model @m.safetensors --count 70 --seed 5 {options}";
        Assert.Equal(Whole(line, "x.csv"), Merged(line, "x.csv", 3));
    }

    [Fact]
    public void Figures_trajectories_and_what_is_said_are_those_of_one_run()
    {
        _folder.Train("m.safetensors", Ncsn);
        const string Line = "sample --model @m.safetensors --count 70 --seed 5 --sampler rk4 --steps 4 --every 3";
        JsonElement one = _folder.SucceedWithJson(
            Line + " --out @x.npy --trajectories @t.npy --plot @p.svg --theme light");
        Dictionary<string, byte[]> expected = ReadAll("x.npy", "t.npy", "p.svg");
        for (int index = 1; index <= 4; index++)
        {
            JsonElement part = _folder.SucceedWithJson(
                $"{Line} --shard {index}/4 --out @x.npy --trajectories @t.npy");
            Assert.Equal($"{index}/4", part.GetProperty("part").GetString());
            Assert.Equal(70, part.GetProperty("whole_count").GetInt32());
            Assert.Equal(70 * (index - 1) / 4, part.GetProperty("first").GetInt32());
        }

        string shards = string.Join(' ', Enumerable.Range(1, 4).Select(i => $"@x.npy.shard-{i}-of-4.safetensors"));
        JsonElement merged = _folder.SucceedWithJson($"merge {shards} --plot @p.svg --theme light --out @x.npy");
        _folder.Succeed($"merge {_folder[""]} --out @t.npy");

        Assert.Equal(expected, ReadAll("x.npy", "t.npy", "p.svg"));
        foreach (string key in new[] { "count", "dimension", "sampler", "nfe", "seed", "samples", "plot" })
        {
            Assert.Equal(one.GetProperty(key).ToString(), merged.GetProperty(key).ToString());
        }

        Assert.Equal(4, merged.GetProperty("shards").GetInt32());
    }

    [Fact]
    public void Means_over_samples_are_those_of_one_run()
    {
        _folder.Train("m.safetensors", Dsm);
        const string Mala = "sample --model @m.safetensors --count 50 --sampler mala --steps 20 --step-size 0.05";
        RequireSame(Mala, "acceptance_rate", 3);
        _folder.Train("m.safetensors", Ncsn);
        RequireSame("sample --model @m.safetensors --count 50 --sampler rk45 --rtol 1e-3 --atol 1e-3", "nfe", 7);

        void RequireSame(string line, string key, int count)
        {
            double one = _folder.SucceedWithJson($"{line} --out @x.npy").GetProperty(key).GetDouble();
            Shards(line, "x.npy", count);
            double merged = _folder.SucceedWithJson($"merge {_folder[""]} --out @x.npy").GetProperty(key).GetDouble();
            Assert.Equal(one, merged, 1e-12);
            Array.ForEach(Directory.GetFiles(_folder[""], "*.shard-*"), File.Delete);
        }
    }

    [Theory]
    [InlineData(Ddpm, "--points @p.npy", "l.npy", 3)]
    [InlineData(Ddpm, "--points @p.npy", "l.csv", 90)]
    [InlineData(Ncsn, "--points @p.npy --divergence hutchinson --probes 3 --seed 9", "l.npy", 7)]
    [InlineData(Ncsn, "--points @p.npy --divergence hutchinson --probes 1 --probe gaussian", "l.npy", 2)]
    [InlineData(Ncsn, "--points @p.npy --solver rk45 --rtol 1e-3 --divergence hutchinson --probes 2", "l.npy", 8)]
    [InlineData(Ncsn, "--points @p.npy --solver rk45 --rtol 1e-3", "l.npy", 8)]
    [InlineData(Ncsn, "--grid 9 --range -3 3 --steps 5", "l.npy", 7)]
    public void Likelihoods_merge_to_the_bytes_of_one_run(string training, string options, string name, int count)
    {
        _folder.Train("m.safetensors", training);
        float[] points = [.. Enumerable.Range(0, 140).Select(i => 2 * MathF.Sin(i))];
        PointsFile.Write(_folder["p.npy"], new PointSet(points, 70, 2));
        string line = $"likelihood --model @m.safetensors {options}";
        JsonElement one = _folder.SucceedWithJson($"{line} --out @{name}");
        byte[] expected = File.ReadAllBytes(_folder[name]);
        Assert.Equal(expected, Merged(line, name, count));

        JsonElement merged = _folder.SucceedWithJson($"merge {_folder[""]} --out @{name}");
        string[] own = ["command", "device", "elapsed_seconds", "points_per_second"];
        foreach (JsonProperty property in one.EnumerateObject().Where(property => !own.Contains(property.Name)))
        {
            Assert.Equal(property.Value.ToString(), merged.GetProperty(property.Name).ToString());
        }
    }

    [Fact]
    public void A_density_on_a_grid_is_drawn_as_by_one_run()
    {
        _folder.Train("m.safetensors", Ncsn);
        const string Line = "likelihood --model @m.safetensors --grid 9 --range -3 3 --steps 5";
        _folder.Succeed(Line + " --out @d.npy --plot @d.png");
        byte[] expected = File.ReadAllBytes(_folder["d.png"]);
        Shards(Line, "d.npy", 2);
        _folder.Succeed($"merge {_folder[""]} --out @d.npy --plot @d.png");
        Assert.Equal(expected, File.ReadAllBytes(_folder["d.png"]));
    }

    [Theory]
    [InlineData("--color time", 3)]
    [InlineData("--color mode --tone histogram", 2)]
    [InlineData("--color speed --theme light --tone linear --view -4 4", 7)]
    [InlineData("--color density --colormap magma", 90)]
    public void Pictures_merge_to_the_bytes_of_one_run(string look, int count)
    {
        _folder.Train("m.safetensors", Ddpm);
        string line = $"draw --model @m.safetensors --size 90x60 --count 70 --seed 2 {look}";
        JsonElement one = _folder.SucceedWithJson($"{line} --out @p.png");
        byte[] expected = File.ReadAllBytes(_folder["p.png"]);
        Assert.Equal(expected, Merged(line, "p.png", count));

        JsonElement merged = _folder.SucceedWithJson($"merge {_folder[""]} --out @p.png");
        foreach (string key in new[] { "size", "view", "color", "count", "sampler", "nfe", "seed", "segments" })
        {
            Assert.Equal(one.GetProperty(key).ToString(), merged.GetProperty(key).ToString());
        }
    }

    [Fact]
    public void Shards_that_are_missing_are_named_and_nothing_is_written()
    {
        _folder.Train("m.safetensors", Ddpm);
        Shards("sample --model @m.safetensors --count 50", "x.npy", 8);
        File.Delete(Shard(3, 8));
        Assert.Contains("shard 3 of 8 is missing", _folder.Refuse($"merge {_folder[""]} --out @x.npy"));
        File.Delete(Shard(8, 8));
        Assert.Contains("shards 3, 8 of 8 are missing", _folder.Refuse($"merge {_folder[""]} --out @x.npy"));

        // Done again, alone, it fits.
        _folder.Succeed("sample --model @m.safetensors --count 50 --shard 3/8 --out @x.npy");
        _folder.Succeed("sample --model @m.safetensors --count 50 --shard 8/8 --threads 1 --out @x.npy");
        byte[] whole = Whole("sample --model @m.safetensors --count 50", "y.npy");
        _folder.Succeed($"merge {_folder[""]} --out @x.npy");
        Assert.Equal(whole, File.ReadAllBytes(_folder["x.npy"]));
    }

    [Theory]
    [InlineData("--count 50 --seed 6", "its seed is '6', and there it is '5'")]
    [InlineData("--count 51 --seed 5", "its count is '51', and there it is '50'")]
    [InlineData("--count 50 --seed 5 --variance beta-tilde", "its options is '--variance beta-tilde'")]
    [InlineData("--count 50 --seed 5 --start @start.npy", "its start is")]
    [InlineData("--count 50 --seed 5 --model @other.safetensors", "its model is")]
    [InlineData("--count 50 --seed 5 --sampler ddim", "its options is '--sampler ddim'")]
    [InlineData("--count 50 --seed 5 --device debug", "expected one device for all")]
    public void Shards_of_another_run_are_refused(string options, string difference)
    {
        _folder.Train("m.safetensors", Ddpm);
        _folder.Train("other.safetensors", "--data ring8 --time-steps 8");
        PointsFile.Write(_folder["start.npy"], new PointSet(new float[100], 50, 2));
        _folder.Succeed("sample --model @m.safetensors --count 50 --seed 5 --shard 1/2 --out @x.npy");
        string model = options.Contains("--model", StringComparison.Ordinal) ? "" : "--model @m.safetensors";
        _folder.Succeed($"sample {model} {options} --shard 2/2 --out @x.npy");

        string error = _folder.Refuse($"merge {_folder[""]} --out @y.npy {_folder["x.npy.shard-1-of-2.safetensors"]}");
        Assert.Contains("a folder with shards of y.npy", error, StringComparison.Ordinal);
        error = _folder.Refuse($"merge {_folder[""]} --out @x.npy");
        Assert.Contains(difference, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Shards_of_another_cut_are_refused()
    {
        _folder.Train("m.safetensors", Ddpm);
        Shards("sample --model @m.safetensors --count 50", "x.npy", 2);
        _folder.Succeed("sample --model @m.safetensors --count 50 --shard 2/3 --out @x.npy");
        string error = _folder.Refuse($"merge {_folder[""]} --out @x.npy");
        Assert.Contains("is shard 2/3 and", error, StringComparison.Ordinal);
        Assert.Contains("as many parts", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Kinds_of_devices_are_mixed_when_asked_for()
    {
        _folder.Train("m.safetensors", Ddpm);
        _folder.Succeed("sample --model @m.safetensors --count 50 --shard 1/2 --out @x.npy");
        _folder.Succeed("sample --model @m.safetensors --count 50 --shard 2/2 --device debug --out @x.npy");
        Assert.Contains("--mixed", _folder.Refuse($"merge {_folder[""]} --out @x.npy"), StringComparison.Ordinal);
        JsonElement json = _folder.SucceedWithJson($"merge {_folder[""]} --mixed --out @x.npy");
        Assert.Equal(2, json.GetProperty("device").GetArrayLength());
        Assert.Equal([50, 2], NpyFile.Read(_folder["x.npy"]).Shape);
    }

    [Theory]
    [InlineData("sample --model @m.safetensors --shard 0/8 --out @x.npy", "--shard is '0/8'", "from 1 to N")]
    [InlineData("sample --model @m.safetensors --shard 9/8 --out @x.npy", "--shard is '9/8'", "from 1 to N")]
    [InlineData("sample --model @m.safetensors --shard 3 --out @x.npy", "--shard is '3'", "I/N")]
    [InlineData("sample --model @m.safetensors --shard 1/0 --out @x.npy", "--shard is '1/0'", "I/N")]
    [InlineData("sample --model @m.safetensors --shard -1/2 --out @x.npy", "--shard is '-1/2'", "I/N")]
    [InlineData("sample --model @m.safetensors --shard 1/2000000 --out @x.npy", "--shard is", "I/N")]
    [InlineData("sample --model @m.safetensors --shard auto/ --out @x.npy", "--shard is 'auto/'", "auto/N")]
    [InlineData("sample --model @m.safetensors --shard auto/0 --out @x.npy", "--shard is 'auto/0'", "auto/N")]
    [InlineData("sample --model @m.safetensors --shard auto --out @x.npy", "neither SLURM", "I/N")]
    [InlineData("sample --model @m.safetensors --shard 1/2 --plot @p.svg --out @x.npy", "--plot", "merge")]
    [InlineData(
        "sample --model @m.safetensors --sampler predictor-corrector --corrector-norm batch --shard 1/2 --out @x.npy",
        "--corrector-norm batch",
        "the whole run")]
    [InlineData("draw --model @m.safetensors --animate --shard 1/2 --out @p.png", "--animate", "a picture")]
    [InlineData("draw --model @m.safetensors --size 16384x16384 --shard 1/2 --out @p.png", "--size", "2 GiB")]
    [InlineData("likelihood --model @m.safetensors --grid 9 --shard 1/2", "--out", "a file")]
    [InlineData("likelihood --model @m.safetensors --grid 9 --shard 1/2 --plot @p.svg --out @x.npy", "--plot", "merge")]
    [InlineData("merge --out @x.npy", "Required argument missing", "merge")]
    [InlineData("merge @none --out @x.npy", "does not exist", "expected")]
    [InlineData("merge @m.safetensors --out @x.npy", "is no shard", "--shard")]
    [InlineData("merge @bad --out @x.npy", "bad", "expected")]
    [InlineData("merge @one.npy.shard-1-of-1.safetensors --out @x.png", "--out", ".npy or .csv")]
    [InlineData("merge @one.npy.shard-1-of-1.safetensors --out @x.npy --theme light", "--theme", "--plot")]
    [InlineData(
        "merge @one.npy.shard-1-of-1.safetensors @one.npy.shard-1-of-1.safetensors --out @x.npy", "both shard 1/1", "once")]
    [InlineData("merge @p.png.shard-1-of-1.safetensors --out @q.png --plot @x.svg", "--plot", "samples")]
    public void What_makes_no_sense_is_refused(string line, string what, string expected)
    {
        _folder.Train("m.safetensors", Ddpm);
        File.WriteAllText(_folder["bad"], "12345");
        _folder.Succeed("sample --model @m.safetensors --count 9 --shard 1/1 --out @one.npy");
        _folder.Succeed("draw --model @m.safetensors --size 9x9 --count 9 --shard 1/1 --out @p.png");
        string error = _folder.Refuse(line);
        Assert.Contains(what, error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shard", "1/1", "2/1")]
    [InlineData("items", "9", "0")]
    [InlineData("items", "9", "8")]
    [InlineData("items", "9", "x")]
    [InlineData("run.dimension", "2", "0")]
    [InlineData("run.dimension", "2", "1")]
    [InlineData("run.seed", "0", "-1")]
    [InlineData("run.content", "samples", "songs")]
    [InlineData("part.nfe", "8", "NaN")]
    [InlineData("format_version", "1", "2")]
    public void A_shard_that_was_changed_is_refused(string key, string value, string other)
    {
        _folder.Train("m.safetensors", Ddpm);
        _folder.Succeed("sample --model @m.safetensors --count 9 --shard 1/1 --out @x.npy");
        string path = Shard(1, 1);
        SafetensorsFile file = SafetensorsFile.Read(path);
        Assert.Equal(value, file.Metadata[key]);
        SafetensorsFile.Write(
            path,
            file.Metadata.Select(entry => entry.Key == key ? new(key, other) : entry),
            file.Tensors.Values);
        Assert.Contains("expected", _folder.Refuse($"merge {_folder[""]} --out @x.npy"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_shard_that_was_cut_off_is_refused()
    {
        _folder.Train("m.safetensors", Ddpm);
        _folder.Succeed("sample --model @m.safetensors --count 9 --shard 1/1 --out @x.npy");
        byte[] whole = File.ReadAllBytes(Shard(1, 1));
        foreach (int length in new[] { 0, 7, 8, 100, whole.Length - 1 })
        {
            File.WriteAllBytes(Shard(1, 1), whole[..length]);
            Assert.Contains("x.npy.shard-1-of-1", _folder.Refuse($"merge {_folder[""]} --out @x.npy"), StringComparison.Ordinal);
        }
    }

    private byte[] Whole(string line, string name)
    {
        _folder.Succeed($"{line} --out @{name}");
        byte[] bytes = File.ReadAllBytes(_folder[name]);
        File.Delete(_folder[name]);
        return bytes;
    }

    private byte[] Merged(string line, string name, int count)
    {
        Shards(line, name, count);
        _folder.Succeed($"merge {_folder[""]} --out @{name}");
        return File.ReadAllBytes(_folder[name]);
    }

    // Backwards, so that nothing depends on the order.
    private void Shards(string line, string name, int count)
    {
        for (int index = count; index >= 1; index--)
        {
            _folder.Succeed($"{line} --shard {index}/{count} --out @{name}");
        }
    }

    private string Shard(int index, int count) => _folder[$"x.npy.shard-{index}-of-{count}.safetensors"];

    private Dictionary<string, byte[]> ReadAll(params string[] names)
    {
        Dictionary<string, byte[]> all = names.ToDictionary(name => name, name => File.ReadAllBytes(_folder[name]));
        Array.ForEach(names, name => File.Delete(_folder[name]));
        return all;
    }
}
