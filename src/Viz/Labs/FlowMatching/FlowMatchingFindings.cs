namespace ScoreGpu.Viz.Labs.FlowMatching;

/// <summary>The lab's main numbers.</summary>
internal static class FlowMatchingFindings
{
    /// <summary>Picks them.</summary>
    public static IReadOnlyList<LabFinding> Of(FlowMatchingData data) =>
    [
        new("flow_relative_straightness", "S of flow matching's ODE, over the squared speed", data.Flow.Shape.RelativeStraightness),
        new("vp_relative_straightness", "the same of VP's", data.Vp.Shape.RelativeStraightness),
        new("one_step_spread", "std of flow matching's samples of one exact Euler step",
            data.Exact("flow", "euler", data.Settings.EulerSteps[0]).Spread),
        new("evaluations_flow_euler", "evaluations until flow and Euler are as good as data",
            data.Curve(PathModel.Flow, "euler").EvaluationsBelow(data.Limit)),
        new("evaluations_vp_ddim", "the same of VP and DDIM",
            data.Curve(PathModel.Vp, "ddim").EvaluationsBelow(data.Limit)),
        .. data.Rectified.Rounds.SelectMany((round, i) => new LabFinding[]
        {
            new($"straightness_round_{i}", $"S, rectified flow, {round.Label}", round.Shape.Straightness),
            new($"one_step_energy_round_{i}", $"squared energy distance of one step, {round.Label}", round.EnergyOf(1)),
        }),
        new("true_samples_scatter", "what true samples scatter by", data.Truth.NullError),
    ];
}
