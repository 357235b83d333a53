using ScoreGpu.Engine.Metrics;
using ScoreGpu.Viz.Labs.Training;

namespace ScoreGpu.Viz.Labs.FlowMatching;

/// <summary>Everything that the lab computes.</summary>
/// <param name="Settings">How much.</param>
/// <param name="Seed">The key of every draw.</param>
/// <param name="Conditional">The paths between pairs, of the straight path, VP and the cosine.</param>
/// <param name="Flow">The exact ODE's paths of the straight path.</param>
/// <param name="Vp">The exact ODE's paths of VP.</param>
/// <param name="Same">How far the two are one flow.</param>
/// <param name="Scales">The exact ODEs for the data at other sizes.</param>
/// <param name="Directions">Where the velocity leads.</param>
/// <param name="ExactEuler">Few steps with exact velocities.</param>
/// <param name="TrainedEuler">Few steps of Euler's method with the first run's networks.</param>
/// <param name="Models">Each model's training runs.</param>
/// <param name="Errors">Each model's first run against what is exact.</param>
/// <param name="Conversions">Conversions of the straight path and of VP.</param>
/// <param name="Formulas">The conversions as they are written.</param>
/// <param name="Sign">Mistaken conventions.</param>
/// <param name="Curves">Quality at equal evaluations.</param>
/// <param name="Truth">Data against other data.</param>
/// <param name="Rectified">Rounds of rectified flow.</param>
internal sealed record FlowMatchingData(
    FlowMatchingSettings Settings,
    ulong Seed,
    IReadOnlyList<ConditionalPaths> Conditional,
    MarginalPaths Flow,
    MarginalPaths Vp,
    SameFlow Same,
    IReadOnlyList<ScaleStudy> Scales,
    IReadOnlyList<VelocityDirection> Directions,
    IReadOnlyList<EulerSamples> ExactEuler,
    IReadOnlyList<EulerSamples> TrainedEuler,
    IReadOnlyDictionary<PathModel, IReadOnlyList<TrainedModel>> Models,
    IReadOnlyDictionary<PathModel, NetworkErrors> Errors,
    IReadOnlyList<Conversions> Conversions,
    WrittenFormulas Formulas,
    SignStudy Sign,
    IReadOnlyList<QualityCurve> Curves,
    TwoSampleEstimate Truth,
    RectifiedFlow Rectified)
{
    /// <summary>A squared energy distance up to here shows no difference from data: two standard errors.</summary>
    public double Limit => 2.0 * Truth.NullError;

    /// <summary>The paths between pairs of a process.</summary>
    public ConditionalPaths ConditionalOf(string process) => Conditional.First(paths => paths.Process == process);

    /// <summary>Few steps with exact velocities.</summary>
    public EulerSamples Exact(string path, string solver, int steps) => ExactEuler.First(
        samples => samples.Path == path && samples.Solver == solver && samples.Steps == steps);

    /// <summary>Few steps with the first run's networks.</summary>
    public EulerSamples Trained(string path, int steps) =>
        TrainedEuler.First(samples => samples.Path == path && samples.Steps == steps);

    /// <summary>A curve.</summary>
    public QualityCurve Curve(PathModel model, string sampler) =>
        Curves.First(curve => curve.Model == model && curve.Sampler == sampler);
}
