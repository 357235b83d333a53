namespace ScoreGpu.Tests.Cli;

/// <summary>sample, evaluate and field with models of every process and prediction.</summary>
public sealed class TrainedModelCommandTests : IDisposable
{
    private readonly CliFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("ddpm", "epsilon score x0 v", "10", "ddpm")]
    [InlineData("vp", "epsilon score x0 v velocity", "0.1", "dpm-solver++2m")]
    [InlineData("sub-vp", "epsilon score x0 v velocity", "0.1", "dpm-solver++2m")]
    [InlineData("cosine", "epsilon score x0 v velocity", "0.1", "dpm-solver++2m")]
    [InlineData("ve", "epsilon score x0 v velocity", "0.1", "edm")]
    [InlineData("edm", "epsilon score x0 v velocity edm", "0.1", "edm")]
    [InlineData("flow", "epsilon score x0", "0.1", "dpm-solver++2m")]
    [InlineData("flow", "v velocity", "0.1", "heun")]
    [InlineData("ncsn", "epsilon score x0 v velocity", "0.1", "annealed-langevin")]
    [InlineData("dsm", "epsilon score x0 v", null, "langevin")]
    [InlineData("hyvarinen", "score", null, "langevin")]
    public void Every_model_is_sampled_evaluated_and_drawn(
        string process, string predictions, string? time, string sampler)
    {
        // Points with a scale of their own, so that the model has one too.
        File.WriteAllLines(
            _folder["points.csv"], Enumerable.Range(0, 40).Select(i => $"{100 + i},{(i * i % 17) - 2000}"));
        string at = time is null ? "" : $" --time {time}";
        foreach (string predict in predictions.Split(' '))
        {
            _folder.Train("m.safetensors", $"--data @points.csv --process {process} --predict {predict}");
            var sampled = _folder.SucceedWithJson("sample --model @m.safetensors --count 20 --out @x.npy");
            Assert.Equal(sampler, sampled.GetProperty("sampler").GetString());
            _folder.Succeed($"evaluate --model @m.safetensors --points @x.npy{at} --quantity denoised --out @d.npy");
            _folder.Succeed(
                $"field --model @m.safetensors{at} --quantity divergence --range -5 5 --grid 4 --out @f.npy");
        }
    }

    [Theory]
    [InlineData("flow", "--sampler langevin", "stays at one noise level")]
    [InlineData("edm", "--sampler annealed-langevin", "levels that an ncsn model knows")]
    [InlineData("ve", "--sampler annealed-langevin", "levels that an ncsn model knows")]
    [InlineData("vp", "--sampler annealed-langevin", "levels that an ncsn model knows")]
    [InlineData("ddpm", "--sampler rk4", "whole steps")]
    [InlineData("dsm", "--sampler heun", "knows one")]
    public void A_sampler_that_does_not_fit_is_refused_with_the_reason(string process, string options, string reason)
    {
        _folder.Train("m.safetensors", $"--data four-gaussians --process {process}");
        Assert.Contains(
            reason, _folder.Refuse($"sample --model @m.safetensors {options} --out @x.npy"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--process ddpm --predict velocity", "has steps, and no velocity")]
    [InlineData("--process vp --predict edm", "has no preconditioning")]
    [InlineData("--process hyvarinen --predict epsilon", "which adds no noise")]
    [InlineData("--process vp --times log-uniform", "time is sigma with edm alone")]
    [InlineData("--process edm --times log-uniform --times-mean 1", "--times-mean")]
    public void Combinations_that_do_not_exist_are_refused_with_the_reason(string options, string reason) =>
        Assert.Contains(
            reason,
            _folder.Refuse($"train --data four-gaussians {options} --steps 1 --out @m.safetensors"),
            StringComparison.Ordinal);
}
