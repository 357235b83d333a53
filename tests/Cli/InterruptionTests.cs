using ScoreGpu.Cli;

namespace ScoreGpu.Tests.Cli;

public sealed class InterruptionTests : IDisposable
{
    private readonly CliFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Training_stops_and_the_old_model_stays()
    {
        File.WriteAllText(_folder["m.safetensors"], "old");

        RequireStopped("train --data four-gaussians --steps 100000000 --hidden 16 --loss @l.csv --out @m.safetensors");

        Assert.Equal(["m.safetensors"], _folder.Files);
        Assert.Equal("old", File.ReadAllText(_folder["m.safetensors"]));
    }

    [Theory]
    [InlineData("--count 1 --steps 500000")]
    [InlineData("--count 1000000 --steps 100000")]
    public void Sampling_stops_inside_one_chain_and_between_many(string size)
    {
        _folder.Train("m.safetensors", "--data four-gaussians --process dsm");

        RequireStopped($"sample --model @m.safetensors {size} --step-size 1e-4 --out @x.npy");

        Assert.Equal(["m.safetensors"], _folder.Files);
    }

    [Theory]
    [InlineData("sample --count 1000000 --steps 100000 --out @x.npy")]
    [InlineData("draw --count 1000000 --steps 60000 --view -3 3 --out @x.png")]
    public void A_shard_stops_and_leaves_nothing(string line)
    {
        _folder.Train("m.safetensors", "--data four-gaussians --process dsm");

        RequireStopped($"{line} --model @m.safetensors --step-size 1e-4 --shard 2/3");

        Assert.Equal(["m.safetensors"], _folder.Files);
    }

    [Fact]
    public void Merging_stops_and_leaves_nothing()
    {
        _folder.Train("m.safetensors");
        _folder.Succeed("sample --model @m.safetensors --count 9 --shard 1/1 --out @x.npy");
        using CancellationTokenSource source = new();
        source.Cancel();

        CliResult result = _folder.RunUntil($"merge {_folder[""]} --out @x.npy", source.Token);

        Assert.Equal(ExitCode.Interrupted, result.Code);
        Assert.Equal(["m.safetensors", "x.npy.shard-1-of-1.safetensors"], _folder.Files);
    }

    [Theory]
    [InlineData("--out @p.png")]
    [InlineData("--animate --frames 2 --out @p.png --frames-to @film")]
    public void Drawing_stops_and_leaves_nothing(string options)
    {
        _folder.Train("m.safetensors", "--data four-gaussians --process dsm");

        RequireStopped($"draw --model @m.safetensors --count 1000000 --steps 60000 --view -3 3 --step-size 1e-4 {options}");

        Assert.Equal(["m.safetensors"], _folder.Files);
        Assert.False(Directory.Exists(_folder["film"]));
    }

    [Theory]
    [InlineData("train --data four-gaussians --steps 100000000 --out @missing/m.safetensors")]
    [InlineData("train --data four-gaussians --steps 100000000 --out @m.safetensors --loss @missing/l.csv")]
    [InlineData("sample --model @dsm.safetensors --steps 1000000 --count 1000000 --out @missing/x.npy")]
    [InlineData("sample --model @dsm.safetensors --steps 1000000 --count 900000 --out @x.npy --plot @n/p.svg")]
    [InlineData("draw --model @dsm.safetensors --steps 60000 --count 900000 --out @missing/p.png")]
    [InlineData("draw --model @dsm.safetensors --steps 60000 --count 900000 --frames 9 --animate --frames-to @dsm.safetensors")]
    public void Outputs_are_checked_before_the_work(string line)
    {
        _folder.Train("dsm.safetensors", "--data four-gaussians --process dsm");
        using CancellationTokenSource source = new(TimeSpan.FromSeconds(10));

        CliResult result = _folder.RunUntil(line, source.Token);

        Assert.Equal(ExitCode.BadInput, result.Code);
        Assert.Equal(["dsm.safetensors"], _folder.Files);
    }

    private void RequireStopped(string line)
    {
        using CancellationTokenSource source = new();

        // A thread of its own: a timer's callback would wait for the thread pool, which a busy machine keeps waiting.
        Thread interrupter = new(() =>
        {
            Thread.Sleep(150);
            source.Cancel();
        });
        interrupter.Start();
        CliResult result = _folder.RunUntil(line, source.Token);
        interrupter.Join();

        Assert.Equal(ExitCode.Interrupted, result.Code);
        Assert.Equal("", result.Output);
        Assert.Contains("stopped", result.Error, StringComparison.Ordinal);
    }
}
