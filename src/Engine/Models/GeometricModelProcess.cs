using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Engine.Models;

/// <summary>Geometric noise levels; a time is σ itself, any between the ends, and the network is told it.</summary>
public sealed record GeometricModelProcess : ModelProcess
{
    /// <summary>The name in files.</summary>
    public const string ProcessName = "geometric";

    /// <summary>The most levels.</summary>
    public const int MaximumLevels = 100_000;

    /// <summary>Creates the process.</summary>
    /// <param name="sigmaMax">The first and largest level.</param>
    /// <param name="sigmaMin">The last and smallest level.</param>
    /// <param name="count">Levels.</param>
    /// <exception cref="InputException">A number is out of range.</exception>
    public GeometricModelProcess(double sigmaMax = 10.0, double sigmaMin = 0.01, int count = 12)
        : base(ProcessName)
    {
        if (count > MaximumLevels)
        {
            throw InputException.For("levels", count, $"at most {MaximumLevels}");
        }

        Levels = new GeometricNoiseLevels(sigmaMax, sigmaMin, count);
        Diffusion = new EdmProcess(sigmaMin, sigmaMax);
    }

    /// <summary>The levels, largest first.</summary>
    public GeometricNoiseLevels Levels { get; }

    /// <inheritdoc/>
    public override DiffusionProcess Diffusion { get; }

    /// <inheritdoc/>
    public override double FirstTime => Levels[Levels.Count - 1];

    /// <inheritdoc/>
    public override TimeInput FeatureInput => TimeInput.LogSigma;

    /// <summary>Equal where the levels are.</summary>
    public bool Equals(GeometricModelProcess? other) =>
        other is not null && Levels.Sigmas.SequenceEqual(other.Levels.Sigmas);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Levels.Count, Levels[0], FirstTime);

    internal override IEnumerable<KeyValuePair<string, string>> Describe() =>
    [
        new("sigma_max", ModelMetadata.Format(Levels[0])),
        new("sigma_min", ModelMetadata.Format(FirstTime)),
        new("levels", ModelMetadata.Format(Levels.Count)),
    ];

    internal override void RequireConditioning(TimeConditioning conditioning)
    {
        if (conditioning is TimeFeatures features)
        {
            RequireInput(features);
        }
        else if (conditioning is not LogSigmaEmbedding)
        {
            throw InputException.For(
                "conditioning",
                NameOf(conditioning),
                "'log-sigma', 'sinusoidal' or 'fourier' for the process geometric");
        }
    }

    internal override void RequireTime(double time)
    {
        if (!Diffusion.TimeRange.Contains(time))
        {
            throw InputException.For("time (sigma)", time, $"a number from {FirstTime} to {Levels[0]}");
        }
    }
}
