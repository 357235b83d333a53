using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Engine.Models;

/// <summary>The training objectives that go with a model, by name.</summary>
/// <remarks>
/// A schedule and a process in continuous time have one, the regression of what the network predicts, under the
/// prediction's name. A single σ has <c>dsm</c>, geometric levels <c>ncsn</c>, the data as they are <c>hyvarinen</c>,
/// <c>sliced</c> and <c>esm</c>.
/// </remarks>
public static class ModelObjectives
{
    /// <summary>The objective that a model is trained with where nobody says otherwise.</summary>
    /// <exception cref="InputException">No objective goes with the model's prediction and process.</exception>
    public static Objective Default(Model model) => Create(model, NamesFor(model)[0]);

    /// <summary>The names that <see cref="Create"/> takes for a model.</summary>
    /// <exception cref="InputException">No objective goes with the model's prediction and process.</exception>
    public static IReadOnlyList<string> NamesFor(Model model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return (model.Process, model.Predicts) switch
        {
            (SingleSigmaModelProcess { Sigma: > 0 }, _) => ["dsm"],
            (SingleSigmaModelProcess, Prediction.Score) => ["hyvarinen", "sliced", "esm"],
            (SingleSigmaModelProcess, _) => throw InputException.For(
                "predict", Predictions.NameOf(model.Predicts), "score for training without noise"),
            (GeometricModelProcess, _) => ["ncsn"],
            _ => [Predictions.NameOf(model.Predicts)],
        };
    }

    /// <summary>The weight where nobody says otherwise: λ = σ² for scores, which are large where σ is small; else 1.
    /// </summary>
    public static LossWeight UsualWeight(Prediction prediction) =>
        prediction == Prediction.Score ? LossWeight.NoiseVariance : LossWeight.Prediction;

    /// <summary>
    /// The distribution of t where nobody says otherwise: uniform, but for EDM its log-normal σ. EDM's numbers are for data
    /// of deviation 0.5; where σ_d is another, σ/σ_d keeps their distribution.
    /// </summary>
    /// <remarks>
    /// The log-normal hardly ever draws the large σ at which samplers start. EDM's scales say nearly all there, but a
    /// network that predicts something else must have seen them: for those, σ is log-uniform.
    /// </remarks>
    public static TimeDistribution UsualTimes(ContinuousProcess process, Prediction predicts) => process switch
    {
        PreconditionedEdmProcess edm when predicts == Prediction.Preconditioned =>
            new LogNormalTime(-1.2 + Math.Log(edm.SigmaData / 0.5)),
        EdmProcess or PreconditionedEdmProcess => new LogUniformTime(process.TimeRange),
        _ => new UniformTime(process.TimeRange),
    };

    /// <summary>The objective of a name.</summary>
    /// <param name="model">The model.</param>
    /// <param name="name">One of <see cref="NamesFor"/>.</param>
    /// <param name="weight">How much each time counts; null for the usual.</param>
    /// <param name="times">Which times, for a process in continuous time; null for the usual.</param>
    /// <exception cref="InputException">It does not go with the model.</exception>
    public static Objective Create(
        Model model, string name, LossWeight? weight = null, IReadOnlyList<double>? times = null)
    {
        var names = NamesFor(model);
        if (!names.Contains(name, StringComparer.Ordinal))
        {
            throw InputException.For("objective", name, $"{string.Join(" or ", names)} for this model");
        }

        LossWeight chosen = weight ?? UsualWeight(model.Predicts);
        int dimension = model.Network.Architecture.Dimension;
        bool isNcsn = model.Predicts == Prediction.Score && chosen == LossWeight.NoiseVariance;
        return (name, model.Process) switch
        {
            ("hyvarinen", _) => new HyvarinenObjective(),
            ("sliced", _) => new SlicedObjective(),
            ("esm", _) => Objectives.ExplicitScore,
            ("dsm", SingleSigmaModelProcess single) when model.Predicts == Prediction.Score =>
                Objectives.DenoisingScore(single.Sigma),
            ("ncsn", GeometricModelProcess geometric) when isNcsn =>
                Objectives.NoiseConditionalScore(geometric.Levels.Sigmas, dimension),
            _ => Objectives.Regression(
                name,
                model.Process.Diffusion,
                TimesOf(model.Process, model.Predicts, times),
                t => model.Process.Diffusion.FormOf(model.Predicts, t),
                chosen,
                model.ConditionAt,
                dimension),
        };
    }

    private static IReadOnlyList<double> TimesOf(
        ModelProcess process, Prediction predicts, IReadOnlyList<double>? times) => process switch
        {
            DdpmModelProcess ddpm => [.. Enumerable.Range(0, ddpm.Steps).Select(step => (double)step)],
            GeometricModelProcess geometric => geometric.Levels.Sigmas,
            ContinuousModelProcess continuous =>
                times ?? UsualTimes(continuous.Process, predicts).Midpoints(TimeDistribution.UsualLevels),
            _ => [process.FirstTime],
        };
}
