namespace ScoreGpu.Viz.Labs.Sde;

/// <summary>The lab's main numbers.</summary>
internal static class SdeFindings
{
    /// <summary>Chooses them.</summary>
    public static IReadOnlyList<LabFinding> Of(SdeData data) =>
    [
        new("largest_zero_mean", "largest of the means that are 0, in standard errors", data.Properties.LargestDeviation),
        new("ddpm_slope", "power of T with which DDPM's alpha-bar nears VP's",
            data.Limit.Slope(row => row.AlphaBarError)),
        new("ve_reverse_energy", "squared energy distance, reverse SDE of VE",
            data.Variant("ve_reverse_sde").Energy.Value),
        new("ve_reverse_energy_of_equals", "the same between sets of data (root mean square)",
            data.Variant("ve_reverse_sde").Energy.NullError),
        new("marginals_apart", "largest distance between SDE, flow and truth, in standard errors",
            data.Reverse.Marginals.Max(row => row.LargestDeviation)),
        new("fokker_planck_residual", "relative residual of the flow's equation on the finest grid",
            data.Equations["probability_flow"].Rows[^1].Residual),
        .. data.Orders.Curves.Select(curve => new LabFinding(
            $"order_{curve.Name.Replace('-', '_').Replace("+", "p", StringComparison.Ordinal)}",
            $"order of {curve.Name}",
            curve.Order)),
        new("likelihood_error", "largest error of ln p with the exact score, nats", data.Likelihood.ExactError),
        new("likelihood_gap", "mean of ln p less ln p of the network, nats", data.Likelihood.Gap.Value),
        new("fresh_probe_evaluations", "evaluations of the adaptive solver with probes drawn anew",
            data.Traces.Fresh.Evaluations),
    ];
}
