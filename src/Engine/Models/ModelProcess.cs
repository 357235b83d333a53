using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Engine.Models;

/// <summary>The process that a model was trained on, with the numbers that a file keeps.</summary>
/// <param name="Name">What files call it.</param>
public abstract record ModelProcess(string Name)
{
    /// <summary>α and σ at a time of this process.</summary>
    public abstract DiffusionProcess Diffusion { get; }

    /// <summary>The time of the least noise.</summary>
    public abstract double FirstTime { get; }

    /// <summary>What the network is told at a time of <see cref="Diffusion"/>: the time itself, a step or σ, unless a
    /// process says otherwise.</summary>
    /// <param name="time">The time.</param>
    public virtual double ConditionAt(double time) => time;

    /// <summary>The numbers of the process, by their keys in a file.</summary>
    internal abstract IEnumerable<KeyValuePair<string, string>> Describe();

    /// <summary>Checks that a network can be told the times of this process.</summary>
    /// <exception cref="InputException">It cannot.</exception>
    internal abstract void RequireConditioning(TimeConditioning conditioning);

    /// <summary>Checks a time.</summary>
    /// <exception cref="InputException">The process has no such time.</exception>
    internal abstract void RequireTime(double time);

    /// <summary>The name of a conditioning in files and messages.</summary>
    internal static string NameOf(TimeConditioning conditioning) => conditioning switch
    {
        LearnedEmbedding => "step",
        LogSigmaEmbedding => "log-sigma",
        _ => "none",
    };
}
