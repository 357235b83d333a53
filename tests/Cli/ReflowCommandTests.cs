namespace ScoreGpu.Tests.Cli;

public sealed class ReflowCommandTests : IDisposable
{
    private readonly CliFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rounds_are_reported_from_before_the_first_to_after_the_last()
    {
        _folder.Train("flow.safetensors", "--data four-gaussians --process flow");
        var json = _folder.SucceedWithJson(
            "reflow --model @flow.safetensors --rounds 2 --pairs 100 --steps 3 --solver-steps 4 --batch 16 "
            + "--out @straight.safetensors");
        var history = json.GetProperty("history").EnumerateArray().ToArray();
        Assert.Equal(3, history.Length);
        Assert.Equal(
            json.GetProperty("straightness").GetDouble(), history[^1].GetProperty("straightness").GetDouble());
        Assert.All(history, round => Assert.True(round.GetProperty("straightness").GetDouble() > 0));
        _folder.Succeed("sample --model @straight.safetensors --sampler euler --steps 1 --count 10 --out @x.npy");
    }

    [Fact]
    public void What_has_no_flow_of_its_own_is_refused()
    {
        _folder.Train("vp.safetensors", "--data four-gaussians --process vp");
        _folder.Train("epsilon.safetensors", "--data four-gaussians --process flow --predict epsilon");
        Assert.Contains(
            "expected flow", _folder.Refuse("reflow --model @vp.safetensors --out @x.safetensors"),
            StringComparison.Ordinal);
        Assert.Contains(
            "where all is noise", _folder.Refuse("reflow --model @epsilon.safetensors --out @x.safetensors"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Data_that_cannot_be_found_again_must_be_given()
    {
        File.WriteAllLines(_folder["points.csv"], Enumerable.Range(0, 40).Select(i => $"{i},{i % 7}"));
        _folder.Train("flow.safetensors", "--data @points.csv --process flow");
        File.Move(_folder["points.csv"], _folder["moved.csv"]);
        const string Reflow = "reflow --model @flow.safetensors --pairs 20 --steps 1 --solver-steps 2 --out @x.safetensors";
        Assert.Contains("--to is not given", _folder.Refuse(Reflow), StringComparison.Ordinal);
        _folder.Succeed(Reflow + " --to @moved.csv");
    }
}
