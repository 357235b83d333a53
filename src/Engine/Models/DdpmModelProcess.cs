using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Engine.Models;

/// <summary>The linear DDPM schedule; a time is a step from 0 to T − 1, and the network is told it.</summary>
public sealed record DdpmModelProcess : ModelProcess
{
    /// <summary>The name in files.</summary>
    public const string ProcessName = "ddpm";

    /// <summary>Creates the process.</summary>
    /// <param name="steps">T.</param>
    /// <param name="betaStart">β at step 0.</param>
    /// <param name="betaEnd">β at step T − 1.</param>
    /// <exception cref="InputException">A number is out of range.</exception>
    public DdpmModelProcess(int steps = 100, double betaStart = 1e-4, double betaEnd = 0.02)
        : base(ProcessName)
    {
        if (steps > MaximumSteps)
        {
            throw InputException.For(nameof(steps), steps, $"at most {MaximumSteps}");
        }

        Schedule = new DdpmSchedule(steps, betaStart, betaEnd);
        BetaStart = betaStart;
        BetaEnd = betaEnd;
    }

    /// <summary>The most steps, as many as an embedding table may have.</summary>
    public const int MaximumSteps = 1_000_000;

    /// <summary>β, ᾱ and what follows.</summary>
    public DdpmSchedule Schedule { get; }

    /// <summary>T.</summary>
    public int Steps => Schedule.Steps;

    /// <summary>β at step 0.</summary>
    public double BetaStart { get; }

    /// <summary>β at step T − 1.</summary>
    public double BetaEnd { get; }

    /// <inheritdoc/>
    public override DiffusionProcess Diffusion => Schedule;

    /// <inheritdoc/>
    public override double FirstTime => 0;

    /// <inheritdoc/>
    public override double SinusoidalScale => 1;

    /// <inheritdoc/>
    public override double FourierScale => 1.0 / Steps;

    /// <summary>Equal where the three numbers are.</summary>
    public bool Equals(DdpmModelProcess? other) =>
        other is not null
        && Steps == other.Steps
        && BetaStart.Equals(other.BetaStart)
        && BetaEnd.Equals(other.BetaEnd);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Steps, BetaStart, BetaEnd);

    internal override IEnumerable<KeyValuePair<string, string>> Describe() =>
    [
        new("steps", ModelMetadata.Format(Steps)),
        new("beta_start", ModelMetadata.Format(BetaStart)),
        new("beta_end", ModelMetadata.Format(BetaEnd)),
    ];

    internal override void RequireConditioning(TimeConditioning conditioning)
    {
        if (conditioning is TimeFeatures features)
        {
            RequireInput(features);
            return;
        }

        if (conditioning is not LearnedEmbedding learned)
        {
            throw InputException.For(
                "conditioning", NameOf(conditioning), "'step', 'sinusoidal' or 'fourier' for the process ddpm");
        }

        if (learned.Steps != Steps)
        {
            throw InputException.For("steps of the embedding table", learned.Steps, $"{Steps}, as in the schedule");
        }
    }

    internal override void RequireTime(double time)
    {
        if (!(time >= 0 && time < Steps && time == Math.Floor(time)))
        {
            throw InputException.For("time", time, $"an integer from 0 to {Steps - 1}");
        }
    }
}
