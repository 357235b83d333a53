using System.Text.Json.Nodes;
using ScoreGpu.Engine.Models;
using ScoreGpu.Viz.Labs.Training;
using static ScoreGpu.Viz.Labs.LabJson;

namespace ScoreGpu.Viz.Labs.ScoreFunctions;

/// <summary>The lab's numbers for machines.</summary>
internal static class ScoreFunctionsResults
{
    /// <summary>Adds what is the lab's own; numbers that are not finite are null.</summary>
    public static void Add(ScoreFunctionsData data, JsonObject results)
    {
        results["scores_1d"] = Line(data.Analytic);
        results["score_fields"] = Fields(data.Fields);
        results["models"] = new JsonObject
        {
            ["short"] = Model(data.Short, data.ShortAgreement),
            ["long"] = Model(data.Long, data.LongAgreement),
            ["longer_schedule"] = Model(data.Remedy, null),
        };
        results["trajectories"] = Trajectories(data);
        results["starts"] = Starts(data);
    }

    private static JsonObject Line(AnalyticScores scores) => new()
    {
        ["cases"] = List(scores.Cases, density => new JsonObject
        {
            ["name"] = density.Key,
            ["zero_crossings"] = List(density.Zeros, zero => new JsonObject
            {
                ["x"] = Number(zero.X),
                ["kind"] = zero.IsPeak ? "peak" : "valley",
                ["density"] = Number(zero.Density),
                ["score_slope"] = Number(zero.Slope),
            }),
        }),
        ["standard_normal_score_at_3"] = Number(scores.Cases[0].ScoreAt(3.0)),
        ["standard_normal_slope_over_shifted_normal_slope"] = Number(scores.SlopeRatio),
        ["mixture_score_at_half"] = Number(scores.Mixture.ScoreAt(0.5)),
        ["mixture_peaks_from_component_means"] = List(scores.PeakShifts, Number),
        ["mixture_midpoint_of_peaks"] = Number(scores.Midpoint),
        ["mixture_midpoint_to_valley_over_peak_distance"] = Number(scores.Contested),
        ["mixture_score_at_minus_8"] = Number(scores.ShieldExact),
        ["mixture_score_at_minus_8_with_1e-10_added_to_density"] = Number(scores.ShieldDamped),
        ["added_constant_changes_score_by_1_percent_left_of_x"] = Number(scores.ShieldOnePercent),
    };

    private static JsonObject Fields(NoisyFields fields) => new()
    {
        ["peaks_merge_at_sigma"] = Number(fields.MergingSigma),
        ["fields"] = List(fields.Fields, field => new JsonObject
        {
            ["sigma"] = Number(field.Sigma),
            ["peaks"] = field.PeaksOnAxis,
            ["peak_x"] = Number(field.PeakX),
            ["middle_density_over_peak_density"] = Number(field.ValleyRatio),
            ["score_slope_across_middle"] = Number(field.Steepness),
            ["mean_score_norm"] = Number(field.MeanMagnitude),
            ["mean_cosine_to_clean_score"] = Number(field.CosineToClean),
            ["mean_cosine_to_nearest_centre"] = Number(field.CosineToNearestPeak),
            ["mean_cosine_to_one_gaussian_score"] = Number(field.CosineToOneGaussian),
        }),
    };

    private static JsonObject Model(TrainedModel model, ModelAgreement? agreement)
    {
        DdpmModelProcess process = DdpmTraining.ProcessOf(model);
        JsonObject json = new()
        {
            ["time_steps"] = process.Steps,
            ["beta_start"] = Number(process.BetaStart),
            ["beta_end"] = Number(process.BetaEnd),
            ["alpha_bar_last"] = Number(process.Schedule.AlphaBars[^1]),
            ["root_alpha_bar_last"] = Number(Math.Sqrt(process.Schedule.AlphaBars[^1])),
            ["training_steps"] = model.Losses.Count,
            ["learning_rate_first"] = Number(model.Course.FirstRate),
            ["learning_rate_last"] = Number(model.Course.LastRate ?? model.Course.FirstRate),
            ["mean_loss_first_50_steps"] = Number(model.FirstLoss),
            ["mean_loss_last_50_steps"] = Number(model.LastLoss),
            ["training_seconds"] = Seconds(model.Elapsed),
        };
        if (agreement is not null)
        {
            json["implied_score"] = List(agreement.Compared, Agreement);
            json["implied_score_mean_cosine_to_exact_by_t"] =
                List(agreement.Curve, row => Number(row.CosineToExact));
            json["implied_score_median_relative_error_by_t"] =
                List(agreement.Curve, row => Number(row.MedianRelativeError));
        }

        return json;
    }

    private static JsonObject Agreement(ScoreAgreement row) => new()
    {
        ["t"] = row.Step,
        ["alpha_bar"] = Number(row.AlphaBar),
        ["root_alpha_bar"] = Number(Math.Sqrt(row.AlphaBar)),
        ["mean_cosine_to_exact"] = Number(row.CosineToExact),
        ["mean_relative_error"] = Number(row.MeanRelativeError),
        ["median_relative_error"] = Number(row.MedianRelativeError),
        ["mean_cosine_to_nearest_centre"] = Number(row.CosineToNearest),
        ["exact_mean_cosine_to_nearest_centre"] = Number(row.ExactCosineToNearest),
        ["exact_mean_cosine_to_nearest_noised_centre"] = Number(row.ExactCosineToShrunken),
        ["mean_cosine_to_origin"] = Number(row.CosineToOrigin),
        ["mean_implied_norm"] = Number(row.ImpliedMagnitude),
        ["mean_exact_norm"] = Number(row.ExactMagnitude),
    };

    private static JsonObject Trajectories(ScoreFunctionsData data) => new()
    {
        ["count"] = data.Pairs.Starts.Length / 2,
        ["sde_mean_endpoint_distance"] = Number(data.Pairs.SdeDistance),
        ["ode_largest_difference"] = Number(data.Pairs.OdeLargestDifference),
        ["ode_is_bit_equal"] = data.Pairs.OdeIsBitEqual,
        ["sde_path_length_over_distance"] = Number(data.Pairs.SdeDetour),
        ["ode_path_length_over_distance"] = Number(data.Pairs.OdeDetour),
        ["sde_clusters_reached_from_each_start"] = List(data.Pairs.ModesFromOneStart, modes => JsonValue.Create(modes)),
        ["sde_runs_from_each_start"] = data.Pairs.RunsFromOneStart,
        ["moving_particles"] = data.Clouds.SdeEnds.Length,
        ["sde_share_ending_in_cluster_nearest_to_start"] = Number(data.Clouds.SdeKept),
        ["ode_share_ending_in_cluster_nearest_to_start"] = Number(data.Clouds.OdeKept),
        ["crowd"] = data.Settings.Crowd,
        ["crowd_sde_seconds"] = Seconds(data.SdeCrowd.Elapsed),
        ["crowd_ode_seconds"] = Seconds(data.OdeCrowd.Elapsed),
    };

    private static JsonObject Starts(ScoreFunctionsData data) => new()
    {
        ["samples_per_set"] = data.Settings.QualitySamples,
        ["matched_start_std"] = Number(data.Starts.MatchedStd),
        ["data_to_data_squared_energy_distances"] = List(data.Starts.FloorDistances, Number),
        ["sets"] = List([data.Starts.Data, .. data.Starts.Sets], Quality),
    };

    private static JsonObject Quality(SampleQuality set) => new()
    {
        ["name"] = set.Key,
        ["model"] = set.Model,
        ["sampler"] = set.Sampler,
        ["start"] = set.Start,
        ["squared_energy_distance_to_data"] = Number(set.EnergyDistance),
        ["outlier_share"] = Number(set.Modes.OutlierShare),
        ["mean_std"] = Number(set.MeanStd),
        ["mean_offset"] = Number(set.MeanOffset),
        ["clusters"] = List(set.Modes.Modes, mode => new JsonObject
        {
            ["share"] = Number(mode.Share),
            ["mean"] = List(mode.Mean, Number),
            ["std"] = List(mode.StandardDeviation, Number),
        }),
    };
}
