using System.Globalization;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Sharding;

namespace ScoreGpu.Cli.Sharding;

/// <summary>Which shard a task of a Slurm array or of a Kubernetes indexed job is.</summary>
/// <remarks>
/// A task that is submitted again, alone, is in an array of one: its own number is still right, and the number of tasks is
/// not. So with a number of shards that is given the tasks count from 0, whatever else is in the array; without one the
/// array must be whole. Variables: slurm.schedmd.com/job_array.html; kubernetes.io, "Indexed Job".
/// </remarks>
/// <param name="option">The option that asks, for messages.</param>
/// <param name="variable">The environment.</param>
internal sealed class ShardEnvironment(string option, Func<string, string?> variable)
{
    private const string Task = "SLURM_ARRAY_TASK_ID";
    private const string TaskCount = "SLURM_ARRAY_TASK_COUNT";
    private const string FirstTask = "SLURM_ARRAY_TASK_MIN";
    private const string LastTask = "SLURM_ARRAY_TASK_MAX";
    private const string Completion = "JOB_COMPLETION_INDEX";

    /// <summary>The shard, of a number of shards that is given.</summary>
    /// <param name="count">n.</param>
    /// <exception cref="InputException">The environment does not say, or says what cannot be.</exception>
    public Shard Of(int count)
    {
        string name = IndexVariable();
        int index = Require(name);

        // In an array from 1 to n all tasks are to fail, and not only the last.
        if (name == Task && Read(LastTask) is { } last && last >= count)
        {
            throw InputException.For(LastTask, last, Expected(count));
        }

        return index < count ? new Shard(index + 1, count) : throw InputException.For(name, index, Expected(count));
    }

    /// <summary>The shard, of as many as the array has tasks.</summary>
    /// <exception cref="InputException">The environment does not say, or the array has gaps or one task alone.</exception>
    public Shard OfArray()
    {
        if (IndexVariable() == Completion)
        {
            throw new InputException(
                $"{option} is 'auto', and {Completion} does not say how many shards there are; expected auto/N, N being the "
                + "job's completions.");
        }

        (int index, int count, int first, int last) =
            (Require(Task), Require(TaskCount), Require(FirstTask), Require(LastTask));
        if (count == 1)
        {
            throw new InputException(
                $"{option} is 'auto', and {TaskCount} is 1; expected auto/N, N being the number of shards: a task that is "
                + "submitted again does not know how many there were.");
        }

        if (first > last || count != (long)last - first + 1)
        {
            throw new InputException(
                $"{option} is 'auto', and the array has {count} tasks from {first} to {last}; expected tasks without gaps, "
                + "or auto/N, N being the number of shards.");
        }

        return index >= first && index <= last
            ? new Shard(index - first + 1, count)
            : throw InputException.For(Task, index, $"{first} to {last}, as the array has");
    }

    private string Expected(int count) =>
        $"0 to {count - 1}: with {option} auto/{count} tasks count from 0, as in --array=0-{count - 1}; or {option} I/{count} "
        + "with I from 1";

    private string IndexVariable() => (variable(Task), variable(Completion)) switch
    {
        (null or "", null or "") => throw new InputException(
            $"{option} is to be read from the environment, and neither {Task} nor {Completion} is set; expected a task of a "
            + $"Slurm array or of a Kubernetes indexed job, or {option} I/N."),
        (_, null or "") => Task,
        (null or "", _) => Completion,
        _ => throw new InputException(
            $"{Task} and {Completion} are both set; expected one of them, or {option} I/N."),
    };

    private int Require(string name) =>
        Read(name) ?? throw InputException.For(name, null, $"a whole number, or {option} I/N");

    private int? Read(string name) => variable(name) switch
    {
        null or "" => null,
        { } text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int value) => value,
        { } text => throw InputException.For(name, text, $"a whole number, or {option} I/N"),
    };
}
