using System.Text.Json.Nodes;
using ScoreGpu.Engine.Likelihoods;
using ScoreGpu.Engine.Metrics;
using ScoreGpu.Engine.Training;
using ScoreGpu.Viz.Labs.Quality;
using static ScoreGpu.Viz.Labs.LabJson;

namespace ScoreGpu.Viz.Labs.Sde;

/// <summary>The lab's numbers for machines.</summary>
internal static class SdeResults
{
    /// <summary>Adds what is the lab's own; numbers that are not finite are null.</summary>
    public static void Add(SdeData data, JsonObject results)
    {
        results["score_properties"] = Properties(data.Properties);
        results["forward"] = List(data.Forward, Forward);
        results["ddpm_limit"] = Limit(data.Limit);
        results["reverse_variants"] = List(data.Variants, Variant);
        results["sde_and_flow"] = Reverse(data.Reverse);
        results["fokker_planck"] = Equations(data.Equations);
        results["model"] = Model(data);
        results["solver_orders"] = Orders(data.Orders);
        results["solver_quality"] = Quality(data);
        results["correctors"] = Correctors(data.Correctors);
        results["likelihood"] = Likelihood(data.Likelihood);
        results["traces"] = Traces(data.Traces);
    }

    private static JsonObject Mean(MeanEstimate mean) => new()
    {
        ["value"] = Number(mean.Value),
        ["standard_error"] = Number(mean.StandardError),
    };

    private static JsonObject Distance(TwoSampleEstimate distance) => new()
    {
        ["squared_energy_distance"] = Number(distance.Value),
        ["standard_error"] = Number(distance.StandardError),
        ["of_equals"] = Number(distance.NullError),
    };

    private static JsonObject Properties(ScoreProperties properties) => new()
    {
        ["means_that_are_zero"] = properties.ZeroMeans,
        ["largest_deviation_in_standard_errors"] = Number(properties.LargestDeviation),
        ["peaks_merge_at_t"] = Number(properties.MergingTime),
        ["times"] = List(properties.Moments, moments => new JsonObject
        {
            ["t"] = Number(moments.Time),
            ["sigma"] = Number(moments.Sigma),
            ["mean_score"] = List(moments.Mean, Mean),
            ["entries"] = List(ScoreMoments.Entries, entry => JsonValue.Create(entry)),
            ["fisher_by_products"] = List(moments.Products, Mean),
            ["fisher_by_curvature"] = List(moments.Curvatures, Mean),
            ["fisher_difference"] = List(moments.Differences, Mean),
            ["largest_deviation_in_standard_errors"] = Number(moments.LargestDeviation),
            ["zeros"] = moments.Zeros.Count,
            ["peaks"] = moments.Count(CriticalKind.Peak),
            ["saddles"] = moments.Count(CriticalKind.Saddle),
            ["basins"] = moments.Count(CriticalKind.Basin),
        }),
        ["tweedie"] = List(properties.Tweedie, tweedie => new JsonObject
        {
            ["t"] = Number(tweedie.Time),
            ["alpha"] = Number(tweedie.Alpha),
            ["sigma"] = Number(tweedie.Sigma),
            ["bins"] = tweedie.Bins.Count,
            ["mean_squared_deviation"] = Number(tweedie.MeanSquaredDeviation),
            ["its_standard_error"] = Number(tweedie.ErrorOfMeanSquaredDeviation),
            ["squared_error_formula"] = Mean(tweedie.Formula),
            ["squared_error_by_fisher_information"] = Mean(tweedie.FromFisher),
            ["squared_error_linear"] = Mean(tweedie.Linear),
            ["squared_error_rescaled"] = Mean(tweedie.Rescaled),
        }),
        ["flanks"] = List(properties.Flanks, flank => new JsonObject
        {
            ["standard_deviations_from_peak"] = Number(flank.Deviations),
            ["density_slope"] = Number(flank.Slope),
            ["score_norm"] = Number(flank.Score),
        }),
    };

    private static JsonObject Forward(ForwardStudy study) => new()
    {
        ["name"] = study.Name,
        ["variances"] = List(study.Variances, row => new JsonObject
        {
            ["t"] = Number(row.Time),
            ["alpha"] = Number(row.Alpha),
            ["sigma"] = Number(row.Sigma),
            ["variance_of_unit_data"] = Number(row.OfUnitData),
            ["variance_by_formula"] = Number(row.OfData),
            ["variance_measured"] = Number(row.Measured),
            ["standard_error"] = Number(row.StandardError),
        }),
    };

    private static JsonObject Limit(DdpmLimit limit) => new()
    {
        ["slope_alpha_bar"] = Number(limit.Slope(row => row.AlphaBarError)),
        ["slope_step"] = Number(limit.Slope(row => row.StepError)),
        ["slope_ddpm_to_sde"] = Number(limit.Slope(row => row.ChainToSde)),
        ["slope_ddim_to_flow"] = Number(limit.Slope(row => row.DdimToFlow)),
        ["rows"] = List(limit.Rows, row => new JsonObject
        {
            ["steps"] = row.Steps,
            ["largest_alpha_bar_error"] = Number(row.AlphaBarError),
            ["last_step_error"] = Number(row.StepError),
            ["median_distance_ddpm_to_sde"] = Number(row.ChainToSde),
            ["median_distance_ddim_to_flow"] = Number(row.DdimToFlow),
        }),
    };

    private static JsonObject Variant(ReverseVariant variant)
    {
        JsonObject json = Distance(variant.Energy);
        json["name"] = variant.Key;
        json["process"] = variant.IsVe ? "ve" : "vp";
        json["of_drift"] = Number(variant.OfDrift);
        json["of_score"] = Number(variant.OfScore);
        json["of_noise"] = Number(variant.OfNoise);
        json["cluster_width_over_true"] = Number(variant.Width);
        json["root_mean_square"] = Number(variant.Spread);
        return json;
    }

    private static JsonObject Reverse(ReverseStudy study) => new()
    {
        ["particles"] = study.Sde[0].Length / 2,
        ["sde_mean_distance_of_two_runs"] = Number(study.SdeDistance),
        ["flow_is_bit_equal"] = study.FlowIsBitEqual,
        ["sde_path_length_over_distance"] = Number(study.SdeDetour),
        ["flow_path_length_over_distance"] = Number(study.FlowDetour),
        ["flow_round_trip_largest_error"] = Number(study.RoundTrip),
        ["marginals"] = List(study.Marginals, row => new JsonObject
        {
            ["t"] = Number(row.Time),
            ["sde_to_truth"] = Distance(row.Sde),
            ["flow_to_truth"] = Distance(row.Flow),
            ["sde_to_flow"] = Distance(row.Between),
        }),
    };

    private static JsonObject Equations(FokkerPlanckStudy study) => new()
    {
        ["t"] = Number(study.Time),
        ["equations"] = List(study.Equations, equation => new JsonObject
        {
            ["name"] = equation.Key,
            ["order"] = Number(equation.Order),
            ["holds"] = equation.Holds,
            ["residuals"] = List(equation.Rows, row => new JsonObject
            {
                ["spacing"] = Number(row.Spacing),
                ["relative_residual"] = Number(row.Residual),
            }),
        }),
    };

    private static JsonObject Model(SdeData data) => new()
    {
        ["data"] = SdeProcesses.PlaneName,
        ["training_steps"] = data.Model.Losses.Count,
        ["mean_loss_first_50_steps"] = Number(data.Model.FirstLoss),
        ["mean_loss_last_50_steps"] = Number(data.Model.LastLoss),
        ["training_seconds"] = Seconds(data.Model.Elapsed),
    };

    private static JsonObject Orders(SolverOrders orders) => new()
    {
        ["solvers"] = List(orders.Curves, curve => new JsonObject
        {
            ["solver"] = curve.Name,
            ["order"] = Number(curve.Order),
            ["runs"] = List(curve.Errors, error => new JsonObject
            {
                ["evaluations"] = error.Nfe,
                ["rms_error"] = Number(error.Rms),
            }),
        }),
    };

    private static JsonObject Quality(SdeData data) => new()
    {
        ["samples"] = data.Settings.QualitySamples,
        ["reference_points"] = data.Settings.Reference,
        ["true_samples"] = Score(data.Truth),
        ["exact_score"] = List(data.Exact.Runs, Score),
        ["network"] = List(data.Trained.Runs, Score),
        ["evaluations_needed"] = List(SolverQuality.Solvers, solver => new JsonObject
        {
            ["solver"] = solver,
            ["exact_score"] = Number(data.Exact.Needed(solver)),
            ["network"] = Number(data.Trained.Needed(solver)),
        }),
    };

    private static JsonObject Score(SamplerScore score)
    {
        JsonObject json = Distance(score.Energy);
        json["solver"] = score.Sampler;
        json["evaluations"] = Number(score.Nfe);
        json["squared_sliced_wasserstein"] = Number(score.Wasserstein);
        json["outlier_share"] = Number(score.OutlierShare);
        return json;
    }

    private static JsonObject Correctors(CorrectorStudy study) => new()
    {
        ["text_step_over_song_step"] = Number(CorrectorStudy.TextOverSong),
        ["text_step_as_song_ratio"] = Number(CorrectorStudy.AsInText),
        ["predicted_noise_has_no_score_at_t_0"] = study.RefusedAtZero,
        ["standard_error_of_width"] = Number(study.StandardError),
        ["width_without_corrector"] = Number(study.EulerMaruyama),
        ["runs"] = List(study.Runs, run => new JsonObject
        {
            ["norms"] = run.IsBatch ? "batch" : "of pure noise",
            ["ratio"] = Number(run.Ratio),
            ["cluster_width_over_true"] = Number(run.Width),
        }),
    };

    private static JsonObject Likelihood(LikelihoodStudy study) => new()
    {
        ["t"] = Number(study.Time),
        ["exact_score_largest_error"] = Number(study.ExactError),
        ["largest_error_of_the_prior"] = Number(study.PriorError),
        ["exact_score_mean_integral"] = Mean(study.Integral),
        ["exact_score_mean_error_with_minus"] = Number(study.MinusError),
        ["exact_score_mean_error_of_the_text_code"] = Number(study.TextError),
        ["orders"] = new JsonObject
        {
            ["euler"] = Number(study.Order(FlowMethod.Euler)),
            ["heun"] = Number(study.Order(FlowMethod.Heun)),
            ["rk4"] = Number(study.Order(FlowMethod.RungeKutta)),
        },
        ["errors"] = List(study.Errors, error => new JsonObject
        {
            ["method"] = error.Method.ToString(),
            ["steps"] = error.Steps,
            ["largest_error"] = Number(error.Largest),
        }),
        ["network_gap"] = Mean(study.Gap),
        ["entropy"] = Mean(study.Entropy),
        ["network_evaluations"] = Number(study.Nfe),
        ["network_seconds"] = Seconds(study.Elapsed),
        ["network_mass_on_grid"] = Number(study.Mass),
        ["network_mass_on_grid_by_the_text_code"] = Number(study.MassOfText),
    };

    private static JsonObject Traces(TraceStudy study) => new()
    {
        ["heun_steps"] = study.Steps,
        ["slope_gaussian"] = Number(study.Slope(ProbeKind.Gaussian)),
        ["slope_rademacher"] = Number(study.Slope(ProbeKind.Rademacher)),
        ["gaussian_error_over_rademacher_error"] = Number(study.GaussianOverRademacher),
        ["kept_probes_evaluations"] = Number(study.Kept.Evaluations),
        ["fresh_probes_evaluations"] = Number(study.Fresh.Evaluations),
        ["kept_probe_rms_with_fixed_steps"] = Number(study.Kept.FixedRms),
        ["fresh_probes_rms_with_fixed_steps"] = Number(study.Fresh.FixedRms),
        ["exact_score"] = List(study.Straight, Trace),
        ["exact_score_of_turned_data"] = List(study.Turned, Trace),
        ["adaptive_tolerance"] = Number(TraceStudy.Tolerance),
        ["rows"] = List(study.Rows, Trace),
    };

    private static JsonObject Trace(TraceRow row) => new()
    {
        ["probe"] = row.Kind.ToString(),
        ["probes"] = row.Probes,
        ["bias"] = Number(row.Bias),
        ["standard_error_of_bias"] = Number(row.StandardErrorOfBias),
        ["rms_error"] = Number(row.Rms),
        ["stated_standard_error"] = Number(row.Stated),
    };
}
