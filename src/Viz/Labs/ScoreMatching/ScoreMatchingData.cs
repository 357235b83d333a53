using ScoreGpu.Engine.Data;
using ScoreGpu.Viz.Labs.Training;

namespace ScoreGpu.Viz.Labs.ScoreMatching;

/// <summary>Everything that the lab computed; figures, page and results are made from it alone.</summary>
/// <param name="Settings">How much was computed.</param>
/// <param name="Seed">The key of every draw.</param>
/// <param name="Trained">Every trained network, by the key of its training.</param>
/// <param name="Fields">Every field, looked at, the exact ones first.</param>
/// <param name="Parts">Hyvärinen's loss, part by part, of several fields.</param>
/// <param name="ExactLoss">Hyvärinen's loss of the exact score, −½E‖∇log p‖²: the least there is.</param>
/// <param name="Identity">Denoising and noise prediction.</param>
/// <param name="Langevin">Samples of learned and exact scores.</param>
/// <param name="Targets">What samples were compared with.</param>
/// <param name="Weights">A perfect score, and clusters of unlike weight.</param>
/// <param name="Sweep">Denoising training over a range of σ.</param>
/// <param name="Cost">The time of a step in many dimensions.</param>
internal sealed record ScoreMatchingData(
    ScoreMatchingSettings Settings,
    ulong Seed,
    IReadOnlyDictionary<string, TrainedModel> Trained,
    IReadOnlyList<FieldStudy> Fields,
    IReadOnlyList<LossParts> Parts,
    double ExactLoss,
    NoiseIdentity Identity,
    LangevinStudy Langevin,
    LangevinTargets Targets,
    WeightStudy Weights,
    IReadOnlyList<SigmaRun> Sweep,
    StepCost Cost)
{
    /// <summary>The model of Hyvärinen's training.</summary>
    public TrainedModel Hyvarinen => Trained[ScoreMatchingRun.HyvarinenKey];

    /// <summary>The model of denoising training at the lab's σ.</summary>
    public TrainedModel Denoising => Trained[ScoreMatchingRun.DenoisingKey];

    /// <summary>The sweep's run at the lab's σ.</summary>
    public SigmaRun Usual => Sweep.First(run => run.Sigma.Equals(Settings.Sigma));

    /// <summary>How far the denoising loss ends above that of the exact score.</summary>
    public double DenoisingExcess => Denoising.LastLoss - Usual.Floor;

    /// <summary>The share of the final denoising loss that the exact score has too.</summary>
    public double DenoisingNoiseShare => Usual.Floor / Denoising.LastLoss;

    /// <summary>A field by its key.</summary>
    public FieldStudy Field(string key) => Fields.First(field => field.Key == key);

    /// <summary>The first of the fresh points of the data, for pictures.</summary>
    public float[] ShownData(int count) => Shown(Targets.Clean, count);

    /// <summary>The first points of a set.</summary>
    public static float[] Shown(PointSet set, int count) => set.Values[..(2 * Math.Min(count, set.Count))];
}
