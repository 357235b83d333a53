namespace ScoreGpu.Viz.Labs.Ncsn;

/// <summary>The lab's main numbers.</summary>
internal static class NcsnFindings
{
    /// <summary>Chooses them.</summary>
    public static IReadOnlyList<LabFinding> Of(NcsnData data) =>
    [
        new("largest_score_error", "largest relative score error of a level", data.Levels.Max(row => row.RelativeError)),
        new("largest_score_error_unweighted", "the same without the weight σ²",
            data.Weights.PlainLevels.Max(row => row.RelativeError)),
        new("energy_annealed", "squared energy distance, annealed Langevin",
            data.Annealing["annealed_learned"].Energy.Value),
        new("energy_error_of_equals", "error of true samples", data.Annealing["annealed_learned"].Energy.NullError),
        new("chi_square_p_annealed", "p of the mode shares, annealed, network",
            data.Annealing["annealed_learned"].Shares.PValue),
        new("modes_from_one_mode", "modes reached from one, at one level",
            data.Annealing["single_from_one_mode"].ModesReached),
        new("modes_annealed_from_one_mode", "the same, annealed",
            data.Annealing["annealed_from_one_mode"].ModesReached),
        new("stability_limit_eps", "step size beyond which annealed Langevin diverges", data.StepSizes.Limit),
        new("likelihood_gap_nats", "mean ln p, network less exact",
            data.Likelihood.LearnedMean - data.Likelihood.ExactMean),
        new("steps_per_hop_on_ring", "expected steps of a hop between neighbours without noise",
            data.Far.Pairs[^1].ExpectedStepsPerHop),
    ];
}
