using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Engine.Models;

/// <summary>One noise level, which the network is not told: α = 1 and σ fixed, or σ = 0 for the data as they are.</summary>
/// <remarks>Denoising score matching has σ &gt; 0; Hyvärinen's and sliced score matching have σ = 0.</remarks>
public sealed record SingleSigmaModelProcess : ModelProcess
{
    /// <summary>The name in files.</summary>
    public const string ProcessName = "single-sigma";

    /// <summary>Creates the process.</summary>
    /// <param name="sigma">σ, at least 0.</param>
    /// <exception cref="InputException">σ is out of range.</exception>
    public SingleSigmaModelProcess(double sigma)
        : base(ProcessName)
    {
        Sigma = sigma;
        Diffusion = new FixedNoiseProcess(sigma);
    }

    /// <summary>σ.</summary>
    public double Sigma { get; }

    /// <inheritdoc/>
    public override DiffusionProcess Diffusion { get; }

    /// <inheritdoc/>
    public override double FirstTime => 0;

    /// <summary>Equal where σ is.</summary>
    public bool Equals(SingleSigmaModelProcess? other) => other is not null && Sigma.Equals(other.Sigma);

    /// <inheritdoc/>
    public override int GetHashCode() => Sigma.GetHashCode();

    internal override IEnumerable<KeyValuePair<string, string>> Describe() =>
        [new("sigma", ModelMetadata.Format(Sigma))];

    internal override void RequireConditioning(TimeConditioning conditioning)
    {
        if (conditioning is not NoConditioning)
        {
            throw InputException.For("conditioning", NameOf(conditioning), "'none' for the process single-sigma");
        }
    }

    internal override void RequireTime(double time)
    {
        if (!double.IsFinite(time))
        {
            throw InputException.For("time", time, "a finite number");
        }
    }
}
