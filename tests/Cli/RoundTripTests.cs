namespace ScoreGpu.Tests.Cli;

public sealed class RoundTripTests
{
    [Fact]
    public void Train_sample_evaluate_gives_the_same_bytes_for_the_same_seed()
    {
        using CliFolder first = new();
        using CliFolder second = new();
        using CliFolder other = new();
        Go(first, 11);
        Go(second, 11);
        Go(other, 12);

        Assert.Equal(["m.safetensors", "p.svg", "t.npy", "v.npy", "x.npy"], first.Files);
        foreach (string name in first.Files)
        {
            Assert.Equal(File.ReadAllBytes(first[name]), File.ReadAllBytes(second[name]));
            Assert.NotEqual(File.ReadAllBytes(first[name]), File.ReadAllBytes(other[name]));
        }
    }

    private static void Go(CliFolder folder, int seed)
    {
        folder.Succeed(
            $"train --data four-gaussians --steps 10 --hidden 16 --batch 100 --seed {seed} --out @m.safetensors");
        folder.Succeed(
            $"sample --model @m.safetensors --count 130 --seed {seed} --trajectories @t.npy --every 25 "
            + "--plot @p.svg --out @x.npy");
        folder.Succeed("evaluate --model @m.safetensors --points @x.npy --time 5 --quantity divergence --out @v.npy");
    }
}
