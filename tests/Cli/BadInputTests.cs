using ScoreGpu.Engine.Files;

namespace ScoreGpu.Tests.Cli;

/// <summary>Whatever is wrong: code 2, one line with the argument and what was expected, nothing written.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string Train = "train --data four-gaussians --steps 2 --hidden 8 --batch 8";
    private const string Sample = "sample --model @ddpm.safetensors";
    private const string Field = "field --model @ddpm.safetensors";
    private const string Evaluate = "evaluate --model @ddpm.safetensors --time 1";

    private readonly CliFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("", "no command is given", "train")]
    [InlineData("trian", "'trian' is not a command", "nearest: train")]
    [InlineData("--vresion", "'--vresion' is not an option", "--version")]
    [InlineData("train", "--data", "required")]
    [InlineData("train --data four-gaussians", "--out", "required")]
    [InlineData("train --data four-gaussians --out", "--out", "missing")]
    [InlineData(Train + " --out @m.safetensors --step 5", "'--step' is not an option of train", "nearest: --steps")]
    [InlineData(Train + " --out @m.safetensors extra", "'extra'", "too many")]
    [InlineData(Train + " --out @m.safetensors --steps 5", "--steps", "single")]
    [InlineData("train --data four-gausians --out @m.safetensors", "--data", "four-gaussians")]
    [InlineData("train --data @missing.csv --out @m.safetensors", "--data", "does not exist")]
    [InlineData(Train + " --out @m.safetensors --device vulkan", "--device is 'vulkan'", "nearest")]
    [InlineData(Train + " --out @m.safetensors --device opencl:nothing-of-this-name", "opencl", "no")]
    [InlineData(Train + " --out @m.safetensors --device cuda:nothing-of-this-name", "cuda", "no")]
    [InlineData(Train + " --out @m.safetensors --device cuda:", "--device is 'cuda:'", "nearest: cuda")]
    [InlineData(Train + " --out @m.safetensors --process dpm", "--process is 'dpm'", "nearest: ddpm")]
    [InlineData(Train + " --out @m.safetensors --predict velocity", "--predict is 'velocity'", "ddpm has steps")]
    [InlineData(Train + " --out @m.safetensors --process vp --predict edm", "--predict is 'edm'", "no preconditioning")]
    [InlineData(Train + " --out @m.safetensors --process sliced --predict epsilon", "--predict", "score with")]
    [InlineData(Train + " --out @m.safetensors --predict eps", "--predict is 'eps'", "nearest: ")]
    [InlineData(Train + " --out @m.safetensors --weight likelihood", "--weight is 'likelihood'", "ddpm has steps")]
    [InlineData(Train + " --out @m.safetensors --process dsm --weight uniform", "--weight", "--sigma")]
    [InlineData(Train + " --out @m.safetensors --process vp --beta-max 0.05", "--beta-max is 0.05", "above --beta-min")]
    [InlineData(Train + " --out @m.safetensors --process vp --times log-normal", "--times", "time is sigma with edm alone")]
    [InlineData(Train + " --out @m.safetensors --process edm --times logit-normal", "--times", "has no middle")]
    [InlineData(Train + " --out @m.safetensors --process vp --times-mean 1", "--times-mean", "--times uniform")]
    [InlineData(Train + " --out @m.safetensors --process edm --predict x0 --sigma-data 1", "--sigma-data", "left out")]
    [InlineData(Train + " --out @m.safetensors --process dsm --probe gaussian", "--probe", "--process dsm")]
    [InlineData(Train + " --out @m.safetensors --weight-decay 0.1", "--weight-decay", "--optimizer adam")]
    [InlineData(Train + " --out @m.safetensors --warmup 3", "--warmup is 3", "at most --steps, 2")]
    [InlineData(Train + " --out @m.safetensors --ema 1", "--ema is '1'", "between 0 and 1")]
    [InlineData(Train + " --out @m.safetensors --hold-out-every 3", "--hold-out-every", "--hold-out too")]
    [InlineData(Train + " --out @m.safetensors --process dsm --levels 3", "--levels", "--sigma")]
    [InlineData(Train + " --out @m.safetensors --sigma 0.5", "--sigma", "--time-steps")]
    [InlineData(Train + " --out @m.safetensors --process sliced --sigma 0.5", "--sigma", "left out")]
    [InlineData(Train + " --out @m.safetensors --process ncsn --sigma-max 0.001", "--sigma-max", "above --sigma-min")]
    [InlineData(Train + " --out @m.safetensors --beta-end 1", "--beta-end is '1'", "between 0 and 1")]
    [InlineData(Train + " --out @m.safetensors --lr 0", "--lr is '0'", "positive")]
    [InlineData(Train + " --out @m.safetensors --lr NaN", "--lr is 'NaN'", "positive")]
    [InlineData(Train + " --out @m.safetensors --lr 1e999", "--lr is '1e999'", "positive")]
    [InlineData(Train + " --out @m.safetensors --lr 0,1", "--lr is '0,1'", "positive")]
    [InlineData(Train + " --out @m.safetensors --seed -1", "--seed is '-1'", "whole number")]
    [InlineData(Train + " --out @m.safetensors --threads -1", "--threads is '-1'", "from 0 to 1024")]
    [InlineData(Train + " --out @m.safetensors --layers 65", "--layers is '65'", "from 1 to 64")]
    [InlineData("train --data ring8 --steps 0 --out @m.safetensors", "--steps is '0'", "at least 1")]
    [InlineData("train --data ring8 --batch -5 --out @m.safetensors", "--batch is '-5'", "from 1")]
    [InlineData("train --data ring8 --batch 1.5 --out @m.safetensors", "--batch is '1.5'", "whole number")]
    [InlineData("train --data ring8 --batch 99999999999 --out @m.safetensors", "--batch", "whole number")]
    [InlineData("train --data ring8 --hidden 65536 --layers 64 --out @m.safetensors", "--hidden", "at most")]
    [InlineData("train --data ring8 --time-steps 1000000 --hidden 1024 --out @m.safetensors", "--hidden", "at most")]
    [InlineData(Train + " --out @missing/m.safetensors", "--out", "does not exist")]
    [InlineData(Train + " --out /proc/m.safetensors", "--out", "cannot be written")]
    [InlineData(Train + " --out @ddpm.safetensors/m.safetensors", "--out", "does not exist")]
    [InlineData(Train + " --out @model.txt", "--out", ".safetensors")]
    [InlineData(Train + " --out @m.safetensors --loss @missing/l.csv", "--loss", "does not exist")]
    [InlineData(Sample + " --out @x.npy --sampler ddmp", "--sampler is 'ddmp'", "ddpm")]
    [InlineData(Sample + " --out @x.npy --sampler langevin", "--sampler is 'langevin'", "one noise level")]
    [InlineData(Sample + " --out @x.npy --eta 0.5", "--eta", "--sampler ddpm")]
    [InlineData(Sample + " --out @x.npy --sampler rk4", "--sampler is 'rk4'", "whole steps alone")]
    [InlineData(Sample + " --out @x.npy --sampler rk45", "--sampler is 'rk45'", "whole steps alone")]
    [InlineData(Sample + " --out @x.npy --sampler annealed-langevin", "--sampler is 'annealed-", "an ncsn model knows")]
    [InlineData(Sample + " --out @x.npy --steps 101", "--steps", "at most 100")]
    [InlineData(Sample + " --out @x.npy --sampler dpm-solver-2 --steps 90", "dpm-solver-2", "fewer steps")]
    [InlineData(Sample + " --out @x.npy --sampler edm --churn 5", "--sampler edm", "continuous time")]
    [InlineData(Sample + " --out @x.npy --schedule linear", "--schedule is 'linear'", "nearest")]
    [InlineData(Sample + " --out @x.npy --encode", "--encode", "--start")]
    [InlineData(Sample + " --out @x.npy --start @x2.csv --encode", "--encode", "adds none")]
    [InlineData("sample --model @dsm.safetensors --sampler ddim --out @x.npy", "--sampler is 'ddim'", "knows one")]
    [InlineData("sample --model @dsm.safetensors --sampler mala --trajectories @t.npy --out @x.npy", "--traj", "table")]
    [InlineData(Sample + " --out @x.npy --sampler ddim --eta 1.5", "--eta is '1.5'", "0 to 1")]
    [InlineData(Sample + " --out @x.npy --sampler ddim --step-size 1", "--step-size", "--eta, --clip, --steps")]
    [InlineData(Sample + " --out @x.npy --count 0", "--count is '0'", "at least 1")]
    [InlineData(Sample + " --out @x.npy --count 2000000000", "--out", "2 GiB")]
    [InlineData(Sample + " --out @x.npy --count 9000000 --trajectories @t.npy", "--trajectories", "2 GiB")]
    [InlineData(Sample + " --out @x.npy --every 5", "--every", "--trajectories")]
    [InlineData(Sample + " --out @x.npy --every 0 --trajectories @t.npy", "--every is '0'", "at least 1")]
    [InlineData(Sample + " --out @x.npy --trajectories @x.npy", "--trajectories", "another file than that of --out")]
    [InlineData(Sample + " --out @x.npy --theme light", "--theme", "--plot")]
    [InlineData(Sample + " --out @x.npy --plot @p.jpg", "--plot", ".png")]
    [InlineData(Sample + " --out @x.npy --start @x1.csv", "--start", "dimension 2")]
    [InlineData(Sample + " --out @x.npy --start @x2.csv --count 3", "--count is 3", "2, as many")]
    [InlineData(Sample + " --out @x2.csv --start @x2.csv", "--out", "another file than that of --start")]
    [InlineData(Sample + " --out @x.npy --start @nan.csv", "--start", "finite")]
    [InlineData("sample --model @dsm.safetensors --start @x2.csv --start-scale 2 --out @x.npy", "--start-scale", "two")]
    [InlineData("sample --model @dsm.safetensors --steps 0 --out @x.npy", "--steps", "from 1")]
    [InlineData("sample --model @dsm.safetensors --step-size -1 --out @x.npy", "--step-size", "positive")]
    [InlineData("sample --model @ncsn.safetensors --steps 500001 --out @x.npy", "--steps", "at most 500000")]
    [InlineData("sample --model @missing.safetensors --out @x.npy", "--model", "does not exist")]
    [InlineData("sample --model @x2.csv --out @x.npy", "--model", "expected")]
    [InlineData("sample --model @three.safetensors --plot @p.svg --out @x.npy", "--plot", "1 or 2 dimensions")]
    [InlineData(Field + " --out @f.svg", "--time is not given", "0 to 99")]
    [InlineData(Field + " --time 100 --out @f.svg", "--time is 100", "0 to 99")]
    [InlineData(Field + " --time 0.5 --out @f.svg", "--time is 0.5", "whole number")]
    [InlineData(Field + " --time inf --out @f.svg", "--time is 'inf'", "finite")]
    [InlineData(Field + " --time 1 --grid 1 --out @f.svg", "--grid is '1'", "from 2")]
    [InlineData(Field + " --time 1 --range 5 -5 --out @f.svg", "--range is '5 -5'", "the lower first")]
    [InlineData(Field + " --time 1 --range 5 --out @f.svg", "--range", "missing")]
    [InlineData(Field + " --time 1 --quantity scores --out @f.svg", "--quantity is 'scores'", "nearest: score")]
    [InlineData(Field + " --time 1 --theme drak --out @f.svg", "--theme is 'drak'", "nearest: dark")]
    [InlineData(Field + " --time 1 --theme dark --out @f.npy", "--theme", "left out")]
    [InlineData(Field + " --time 1 --out @f.gif", "--out", ".svg")]
    [InlineData("field --model @three.safetensors --time 1 --out @f.svg", "--model", "2 dimensions")]
    [InlineData("field --model @ncsn.safetensors --time 0 --out @f.svg", "--time is 0", "from 0.01 to 10")]
    [InlineData(Evaluate + " --points @missing.npy --out @v.npy", "--points", "does not exist")]
    [InlineData(Evaluate + " --points @x1.csv --out @v.npy", "--points", "dimension 2")]
    [InlineData(Evaluate + " --points @empty.csv --out @v.npy", "--points", "no points")]
    [InlineData(Evaluate + " --points @ragged.csv --out @v.npy", "--points", "columns in line 2")]
    [InlineData(Evaluate + " --points @nan.csv --out @v.npy", "--points", "finite")]
    [InlineData(Evaluate + " --points @points.txt --out @v.npy", "--points", ".npy or .csv")]
    [InlineData(Evaluate + " --points @x2.csv --out @v.npy --points @x2.csv", "--points", "single")]
    [InlineData(Train + " --out @m.safetensors --data-order suffled", "--data-order is 'suffled'", "nearest: shuffled")]
    [InlineData(Train + " --out @m.safetensors --data-count 0", "--data-count is '0'", "at least 1")]
    [InlineData(Train + " --out @m.safetensors --data-scale standard", "--data-scale", "a mixture as --data")]
    [InlineData("train --data pinwheel --data-scale none --out @m.safetensors", "--data-scale", "named data set")]
    [InlineData("train --data @x2.csv --data-count 5 --out @m.safetensors", "--data-count", "a file of points")]
    [InlineData("train --data @flat.csv --out @m.safetensors", "--data-scale", "column 2")]
    [InlineData("train --data @bad.json --out @m.safetensors", "--data: '", "standard_deviations[0] is -1")]
    [InlineData("data", "--out", "required")]
    [InlineData("data --out @x.npy", "Required argument missing", "data")]
    [InlineData("data two-moons", "--out", "required")]
    [InlineData("data two-mons --out @x.npy", "'two-mons' is not a known data set", "nearest: two-moons")]
    [InlineData("data @x2.csv --out @x.npy", "NAME|FILE.json", "drawn already")]
    [InlineData("data @bad.json --out @x.npy", "standard_deviations[0] is -1", "above 0")]
    [InlineData("data two-moons --count 0 --out @x.npy", "--count is '0'", "at least 1")]
    [InlineData("data two-moons --count 2000000000 --out @x.npy", "--count is 2000000000", "2 GiB")]
    [InlineData("data two-moons --plot @x.jpg --out @x.npy", "--plot", ".png")]
    [InlineData("data two-moons --theme dark --out @x.npy", "--theme", "--plot")]
    [InlineData("data @wide.json --plot @x.png --out @x.npy", "--plot", "1 or 2 dimensions")]
    [InlineData("compare", "--to", "required")]
    [InlineData("compare --to ring8", "Required argument missing", "compare")]
    [InlineData("compare @x2.csv", "--to", "required")]
    [InlineData("compare @x2.csv --to rings", "--to: 'rings'", "nearest: ring8")]
    [InlineData("compare @missing.npy --to ring8", "SAMPLES", "does not exist")]
    [InlineData("compare @x2.csv --to two-peaks-1d", "--to is 'two-peaks-1d'", "dimension 2")]
    [InlineData("compare @x2.csv --to ring8", "the number of points of SAMPLES is 2", "at least 6")]
    [InlineData("compare @x2.csv --to ring8 --neighbour 0", "--neighbour is '0'", "from 1")]
    [InlineData("compare @x2.csv --to ring8 --bandwidth -1", "--bandwidth is '-1'", "positive")]
    [InlineData("compare @x2.csv --to ring8 --directions 1", "--directions is '1'", "from 2")]
    [InlineData("compare @x2.csv --to @x2.csv --count 5", "--count", "a file of points")]
    [InlineData("compare @x2.csv --to ring8 --discard 5", "--discard", "--chains")]
    [InlineData("compare @x2.csv --to ring8 --neighbour 1 --chains @x2.csv", "--chains", "npy magic")]
    [InlineData("compare @x2.csv --to ring8 --neighbour 1 --chains @flat.npy", "--chains", "[frames, chains, D]")]
    [InlineData("compare @x2.csv --to ring8 --neighbour 1 --chains @t.npy", "--chains: the length of a chain", "at least 4")]
    [InlineData("devices --jsno", "'--jsno' is not an option of devices", "--json")]
    [InlineData("devices cpu", "'cpu'", "too many")]
    public void Is_refused(string line, string named, string expected)
    {
        Prepare();

        string error = _folder.Refuse(line);

        Assert.Contains(named, error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_truncation_of_a_model_is_refused()
    {
        _folder.Train("ddpm.safetensors", "--data four-gaussians --time-steps 2");
        byte[] whole = File.ReadAllBytes(_folder["ddpm.safetensors"]);
        for (int length = 0; length < whole.Length; length += Math.Max(1, whole.Length / 40))
        {
            File.WriteAllBytes(_folder["cut.safetensors"], whole[..length]);
            string error = _folder.Refuse("sample --model @cut.safetensors --out @x.npy");
            Assert.Contains("--model", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Damaged_arrays_are_refused()
    {
        _folder.Train("ddpm.safetensors");
        _folder.Succeed("sample --model @ddpm.safetensors --count 9 --out @good.npy");
        byte[] whole = File.ReadAllBytes(_folder["good.npy"]);
        for (int length = 0; length < whole.Length; length += 7)
        {
            File.WriteAllBytes(_folder["bad.npy"], whole[..length]);
            string error = _folder.Refuse(Evaluate + " --points @bad.npy --out @v.npy");
            Assert.Contains("--points", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Weights_that_are_not_numbers_are_refused()
    {
        _folder.Train("ddpm.safetensors");
        byte[] bytes = File.ReadAllBytes(_folder["ddpm.safetensors"]);
        BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - 4), float.NaN);
        File.WriteAllBytes(_folder["nan.safetensors"], bytes);

        string error = _folder.Refuse("sample --model @nan.safetensors --count 3 --out @x.npy");

        Assert.Contains("finite", error, StringComparison.Ordinal);
    }

    [Fact]
    public void Control_codes_of_a_name_do_not_reach_the_terminal()
    {
        using StringWriter output = new();
        using StringWriter error = new();

        int code = ScoreGpu.Cli.Application.Run(
            ["sample", "--model", "a\n\u001b[31mb", "--out", _folder["x.npy"]],
            output,
            error,
            isInteractive: false,
            TestContext.Current.CancellationToken);

        Assert.Equal(2, code);
        Assert.DoesNotContain('\u001b', error.ToString());
        Assert.Single(error.ToString().TrimEnd('\n').Split('\n'));
    }

    private void Prepare()
    {
        _folder.Train("ddpm.safetensors");
        _folder.Train("dsm.safetensors", "--data four-gaussians --process dsm");
        _folder.Train("ncsn.safetensors", "--data ring8 --process ncsn --levels 2");
        File.WriteAllText(_folder["x3.csv"], "1,2,3\n4,5,6\n");
        _folder.Train("three.safetensors", "--data @x3.csv");
        File.WriteAllText(_folder["x1.csv"], "1\n2\n");
        File.WriteAllText(_folder["x2.csv"], "1,2\n3,4\n");
        File.WriteAllText(_folder["nan.csv"], "1,2\n3,nan\n");
        File.WriteAllText(_folder["ragged.csv"], "1,2\n3\n");
        File.WriteAllText(_folder["empty.csv"], "");
        File.WriteAllText(_folder["points.txt"], "1,2\n");
        File.WriteAllText(_folder["flat.csv"], "1,2\n3,2\n");
        File.WriteAllText(_folder["bad.json"], """{"means": [[0, 0]], "standard_deviations": [-1]}""");
        File.WriteAllText(_folder["wide.json"], """{"means": [[0, 0, 0]], "standard_deviations": [1]}""");
        NpyFile.Write(_folder["flat.npy"], (float[])[1, 2, 3, 4], 2, 2);
        NpyFile.Write(_folder["t.npy"], new float[12], 3, 2, 2);
    }
}
