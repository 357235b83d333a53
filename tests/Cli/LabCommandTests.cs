namespace ScoreGpu.Tests.Cli;

public sealed class LabCommandTests : IDisposable
{
    private readonly CliFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_unknown_lab_brings_the_nearest_name() =>
        Assert.Contains(
            "nearest: score-functions", _folder.Refuse("lab score-functoins --out @lab"), StringComparison.Ordinal);

    [Fact]
    public void A_folder_that_cannot_be_made_is_refused()
    {
        File.WriteAllText(_folder["file"], "a file");

        Assert.Contains("is a file", _folder.Refuse("lab score-functions --out @file"), StringComparison.Ordinal);
        Assert.Contains(
            "cannot be written", _folder.Refuse("lab score-functions --out @file/lab"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stopped_run_says_so_and_leaves_nothing()
    {
        CliResult result = _folder.RunUntil("lab score-functions --out @lab", new CancellationToken(canceled: true));

        Assert.Equal(ScoreGpu.Cli.ExitCode.Interrupted, result.Code);
        Assert.False(Directory.Exists(_folder["lab"]));
    }

    [Fact]
    public void Training_ends_at_a_smaller_rate()
    {
        const string Train = "train --data two-gaussians --hidden 8 --layers 1 --steps 20 --batch 16 --out ";
        _folder.Succeed(Train + "@constant.safetensors --lr 1e-2");
        _folder.Succeed(Train + "@falling.safetensors --lr 1e-2 --lr-end 1e-4");
        _folder.Succeed(Train + "@level.safetensors --lr 1e-2 --lr-end 1e-2");

        Assert.NotEqual(Bytes("constant"), Bytes("falling"));
        Assert.Equal(Bytes("constant"), Bytes("level"));

        byte[] Bytes(string name) => File.ReadAllBytes(_folder[name + ".safetensors"]);
    }
}
