using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Engine.Models;

/// <summary>A process in continuous time; a time is t, any in the process's range.</summary>
/// <remarks>
/// The network is told σ/α, which its embedding takes the logarithm of: half the log-SNR with the opposite sign. Where the
/// process ends without any signal, α = 0, it is told t. Sinusoidal and Fourier features are always of t itself, or of its
/// logarithm where t is σ.
/// </remarks>
public sealed record ContinuousModelProcess : ModelProcess
{
    private readonly bool _endsInNoise;

    /// <summary>Wraps a process.</summary>
    public ContinuousModelProcess(ContinuousProcess process)
        : base(process.Name)
    {
        Process = process;
        _endsInNoise = process.Alpha(process.TimeRange.End) <= 0;
    }

    /// <summary>The names in files.</summary>
    internal static IReadOnlyList<string> Names { get; } =
        ["vp", "sub-vp", "ve", "cosine", "flow", "edm", "edm-preconditioned"];

    /// <summary>α, σ and their derivatives.</summary>
    public ContinuousProcess Process { get; }

    /// <inheritdoc/>
    public override DiffusionProcess Diffusion => Process;

    /// <inheritdoc/>
    public override double FirstTime => Process.TimeRange.Start;

    /// <inheritdoc/>
    public override double ConditionAt(double time, TimeConditioning conditioning) =>
        _endsInNoise || conditioning is TimeFeatures ? time : Process.Sigma(time) / Process.Alpha(time);

    /// <inheritdoc/>
    public override TimeInput FeatureInput =>
        Process is EdmProcess or PreconditionedEdmProcess ? TimeInput.LogSigma : TimeInput.Time;

    /// <summary>Equal where name and numbers are.</summary>
    public bool Equals(ContinuousModelProcess? other) =>
        other is not null && Name == other.Name && Describe().SequenceEqual(other.Describe());

    /// <inheritdoc/>
    public override int GetHashCode() => Name.GetHashCode(StringComparison.Ordinal);

    /// <summary>Reads the numbers of a process.</summary>
    internal static ContinuousModelProcess Read(string name, ModelMetadata metadata) => new(name switch
    {
        "vp" => new VpProcess(metadata.Number("beta_min"), metadata.Number("beta_max")),
        "sub-vp" => new SubVpProcess(metadata.Number("beta_min"), metadata.Number("beta_max")),
        "ve" => new VeProcess(metadata.Number("sigma_min"), metadata.Number("sigma_max")),
        "cosine" => new CosineProcess(metadata.Number("offset")),
        "flow" => new FlowProcess(),
        "edm" => new EdmProcess(metadata.Number("sigma_min"), metadata.Number("sigma_max")),
        _ => new PreconditionedEdmProcess(
            metadata.Number("sigma_data"), metadata.Number("sigma_min"), metadata.Number("sigma_max")),
    });

    internal override IEnumerable<KeyValuePair<string, string>> Describe() => Process switch
    {
        VpProcess vp => [Entry("beta_min", vp.BetaMin), Entry("beta_max", vp.BetaMax)],
        SubVpProcess subVp => [Entry("beta_min", subVp.BetaMin), Entry("beta_max", subVp.BetaMax)],
        VeProcess ve => [Entry("sigma_min", ve.SigmaMin), Entry("sigma_max", ve.SigmaMax)],
        CosineProcess cosine => [Entry("offset", cosine.Offset)],
        EdmProcess edm => Levels(edm),
        PreconditionedEdmProcess edm => [Entry("sigma_data", edm.SigmaData), .. Levels(edm)],
        FlowProcess => [],
        _ => throw InputException.For("process", Name, "one that a file can hold"),
    };

    internal override void RequireConditioning(TimeConditioning conditioning)
    {
        if (conditioning is TimeFeatures features)
        {
            RequireInput(features);
        }
        else if (conditioning is NoConditioning or LearnedEmbedding)
        {
            throw InputException.For(
                "conditioning", NameOf(conditioning), $"'log-sigma', 'sinusoidal' or 'fourier' for the process {Name}");
        }
    }

    internal override void RequireTime(double time)
    {
        if (!Process.TimeRange.Contains(time))
        {
            throw InputException.For(
                "time", time, $"a number from {Process.TimeRange.Start} to {Process.TimeRange.End}");
        }
    }

    private static KeyValuePair<string, string>[] Levels(ContinuousProcess process) =>
        [Entry("sigma_min", process.TimeRange.Start), Entry("sigma_max", process.TimeRange.End)];

    private static KeyValuePair<string, string> Entry(string key, double value) =>
        new(key, ModelMetadata.Format(value));
}
