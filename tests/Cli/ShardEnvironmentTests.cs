using ScoreGpu.Engine.Files;

namespace ScoreGpu.Tests.Cli;

/// <summary>Shards that a scheduler numbers: Slurm arrays and Kubernetes indexed jobs.</summary>
public sealed class ShardEnvironmentTests : IDisposable
{
    private readonly CliFolder _folder = new();

    public ShardEnvironmentTests() => _folder.Train("m.safetensors", "--data four-gaussians --time-steps 3");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("auto", "3 8 0 7", "4/8")]
    [InlineData("auto", "7 8 0 7", "8/8")]
    [InlineData("auto", "1 8 1 8", "1/8")]
    [InlineData("auto", "12 3 10 12", "3/3")]
    [InlineData("auto/8", "3 8 0 7", "4/8")]
    [InlineData("auto/8", "0 8 0 7", "1/8")]
    [InlineData("auto/8", "3 1 3 3", "4/8")] // One task that was submitted again.
    [InlineData("auto/8", "5 3 1 7", "6/8")] // Several.
    [InlineData("2/8", "5 8 0 7", "2/8")] // What is said wins.
    [InlineData("2/8", "junk 8 0 7", "2/8")]
    public void A_slurm_array_numbers_shards(string option, string task, string part)
    {
        SetSlurm(task);
        Assert.Equal(part, Part(option));
    }

    [Theory]
    [InlineData("auto/8", "0", "1/8")]
    [InlineData("auto/8", "7", "8/8")]
    [InlineData("3/8", "7", "3/8")]
    public void An_indexed_job_numbers_shards(string option, string index, string part)
    {
        _folder.Variables["JOB_COMPLETION_INDEX"] = index;
        Assert.Equal(part, Part(option));
    }

    [Fact]
    public void Without_the_option_the_environment_changes_nothing()
    {
        SetSlurm("3 8 0 7");
        _folder.Variables["JOB_COMPLETION_INDEX"] = "3";
        _folder.Succeed("sample --model @m.safetensors --count 20 --out @x.npy");
        Assert.Equal(["m.safetensors", "x.npy"], _folder.Files);
        Assert.Equal([20, 2], NpyFile.Read(_folder["x.npy"]).Shape);
    }

    [Theory]
    [InlineData("auto", "3 1 3 3", "SLURM_ARRAY_TASK_COUNT is 1", "submitted again")]
    [InlineData("auto", "4 4 0 6", "4 tasks from 0 to 6", "without gaps")]
    [InlineData("auto", "8 8 0 7", "SLURM_ARRAY_TASK_ID is 8", "0 to 7")]
    [InlineData("auto", "3 8 7 0", "8 tasks from 7 to 0", "without gaps")]
    [InlineData("auto", "x 8 0 7", "SLURM_ARRAY_TASK_ID is 'x'", "a whole number")]
    [InlineData("auto", "-3 8 0 7", "SLURM_ARRAY_TASK_ID is '-3'", "a whole number")]
    [InlineData("auto", "3", "SLURM_ARRAY_TASK_COUNT is nothing", "a whole number")]
    [InlineData("auto/8", "8 1 8 8", "SLURM_ARRAY_TASK_MAX is 8", "0 to 7")]
    [InlineData("auto/8", "8", "SLURM_ARRAY_TASK_ID is 8", "--array=0-7")]
    [InlineData("auto/8", "1 8 1 8", "SLURM_ARRAY_TASK_MAX is 8", "count from 0")] // All of 1-8, and not task 8 alone.
    public void Arrays_that_cannot_be_right_are_refused(string option, string task, string what, string expected)
    {
        SetSlurm(task);
        RequireRefused(option, what, expected);
    }

    [Fact]
    public void An_index_without_a_count_or_beyond_it_or_two_are_refused()
    {
        _folder.Variables["JOB_COMPLETION_INDEX"] = "8";
        RequireRefused("auto", "JOB_COMPLETION_INDEX", "auto/N");
        RequireRefused("auto/8", "JOB_COMPLETION_INDEX is 8", "0 to 7");
        SetSlurm("3 8 0 7");
        RequireRefused("auto/8", "both set", "I/N");
        _folder.Variables.Clear();
        RequireRefused("auto/8", "neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX is set", "I/N");
        _folder.Variables["JOB_COMPLETION_INDEX"] = "";
        RequireRefused("auto/8", "neither", "I/N");
    }

    private void RequireRefused(string option, string what, string expected)
    {
        string error = _folder.Refuse($"sample --model @m.safetensors --count 20 --shard {option} --out @x.npy");
        Assert.Contains(what, error, StringComparison.Ordinal);
        Assert.Contains(expected, error, StringComparison.Ordinal);
    }

    private string Part(string option) =>
        _folder.SucceedWithJson($"sample --model @m.safetensors --count 20 --shard {option} --out @x.npy")
            .GetProperty("part").GetString()!;

    // Task, count, first and last; those that are left out are not set.
    private void SetSlurm(string values)
    {
        string[] names = ["SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", "SLURM_ARRAY_TASK_MIN", "SLURM_ARRAY_TASK_MAX"];
        foreach ((string name, string value) in names.Zip(values.Split(' ')))
        {
            _folder.Variables[name] = value;
        }
    }
}
