using ScoreGpu.Viz.Labs.Training;

namespace ScoreGpu.Viz.Labs.ScoreFunctions;

/// <summary>The lab's main numbers.</summary>
internal static class ScoreFunctionsFindings
{
    /// <summary>Chooses them.</summary>
    public static IReadOnlyList<LabFinding> Of(ScoreFunctionsData data) =>
    [
        new("mixture_zero_crossings", "zero crossings of the mixture's score", data.Analytic.Mixture.Zeros.Count),
        .. Cosines("short", data.Short, data.ShortAgreement),
        .. Cosines("long", data.Long, data.LongAgreement),
        new("ode_largest_difference", "largest difference between two ODE runs", data.Pairs.OdeLargestDifference),
        new("sde_mean_endpoint_distance", "mean distance between the ends of two SDE runs", data.Pairs.SdeDistance),
        new("energy_ode_normal", "squared energy distance, ODE from N(0, I)", data.Starts["normal_ode"].EnergyDistance),
        new("energy_ode_marginal", "squared energy distance, ODE from the true x_T",
            data.Starts["marginal_ode"].EnergyDistance),
        new("energy_floor", "the same between sets of data (root mean square)", data.Starts.Floor),
    ];

    private static IEnumerable<LabFinding> Cosines(string key, TrainedModel model, ModelAgreement agreement) =>
        agreement.Compared.Select(row => new LabFinding(
            $"cosine_{key}_t{row.Step}",
            $"mean cosine to the exact score, t = {row.Step}, after {model.Losses.Count} steps",
            row.CosineToExact));
}
