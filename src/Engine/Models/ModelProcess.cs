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

    /// <summary>What a network is told at a time of <see cref="Diffusion"/>: the time itself, a step or σ, unless a
    /// process says otherwise.</summary>
    /// <param name="time">The time.</param>
    /// <param name="conditioning">How the network is told.</param>
    public virtual double ConditionAt(double time, TimeConditioning conditioning) => time;

    /// <summary>What features of the time are of: ln σ where the time is σ.</summary>
    public virtual TimeInput FeatureInput => TimeInput.Time;

    /// <summary>
    /// What sinusoidal features multiply the time by: nothing for a step, 1000 for t in [0, 1], and 250 for ln σ, which is
    /// 1000 times the ¼·ln σ of Karras et al. 2022, table 1.
    /// </summary>
    public virtual double SinusoidalScale => FeatureInput == TimeInput.LogSigma ? 250 : 1000;

    /// <summary>What Fourier features multiply the time by, so that it is about 1 long: nothing for t in [0, 1], and ¼
    /// for ln σ, as Karras et al. 2022, table 1.</summary>
    public virtual double FourierScale => FeatureInput == TimeInput.LogSigma ? 0.25 : 1;

    /// <summary>The numbers of the process, by their keys in a file.</summary>
    internal abstract IEnumerable<KeyValuePair<string, string>> Describe();

    /// <summary>Checks that a network can be told the times of this process.</summary>
    /// <exception cref="InputException">It cannot.</exception>
    internal abstract void RequireConditioning(TimeConditioning conditioning);

    /// <summary>Checks a time.</summary>
    /// <exception cref="InputException">The process has no such time.</exception>
    internal abstract void RequireTime(double time);

    /// <summary>Checks that features of time are of what this process's times are.</summary>
    /// <exception cref="InputException">They are not.</exception>
    private protected void RequireInput(TimeFeatures features)
    {
        if (features.Input != FeatureInput)
        {
            throw InputException.For(
                "what the time features are of", NameOf(features.Input), $"{NameOf(FeatureInput)} for the process {Name}");
        }
    }

    /// <summary>The name of what features are of, in files and messages.</summary>
    internal static string NameOf(TimeInput input) => input == TimeInput.LogSigma ? "log-sigma" : "time";

    /// <summary>The name of a conditioning in files and messages.</summary>
    public static string NameOf(TimeConditioning conditioning) => conditioning switch
    {
        LearnedEmbedding => "step",
        LogSigmaEmbedding => "log-sigma",
        SinusoidalEmbedding => "sinusoidal",
        FourierEmbedding => "fourier",
        _ => "none",
    };
}
