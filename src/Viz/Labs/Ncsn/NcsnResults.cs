using System.Text.Json.Nodes;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Metrics;
using ScoreGpu.Viz.Labs.Training;
using static ScoreGpu.Viz.Labs.LabJson;

namespace ScoreGpu.Viz.Labs.Ncsn;

/// <summary>The lab's numbers for machines.</summary>
internal static class NcsnResults
{
    /// <summary>Adds what is the lab's own; numbers that are not finite are null.</summary>
    public static void Add(NcsnData data, JsonObject results)
    {
        results["model"] = Model(data);
        results["weighting"] = Weighting(data.Weights);
        results["sampling"] = Sampling(data);
        results["step_size"] = StepSizes(data);
        results["end_points"] = EndPoints(data);
        results["conversions"] = Conversions(data);
        results["likelihood"] = Likelihood(data);
        results["far_modes"] = FarModes(data);
    }

    private static JsonObject Course(TrainedModel model) => new()
    {
        ["training_steps"] = model.Losses.Count,
        ["batch_size"] = model.Course.Options.BatchSize,
        ["learning_rate_first"] = Number(model.Course.FirstRate),
        ["learning_rate_last"] = Number(model.Course.LastRate ?? model.Course.FirstRate),
        ["mean_loss_first_50_steps"] = Number(model.FirstLoss),
        ["mean_loss_last_50_steps"] = Number(model.LastLoss),
        ["training_seconds"] = Seconds(model.Elapsed),
    };

    private static JsonObject Model(NcsnData data)
    {
        JsonObject model = Course(data.Model);
        model["hidden"] = data.Settings.Hidden;
        model["layers"] = data.Settings.Layers;
        model["weight_average_decay"] = Number(data.Settings.Average);
        model["full_run_training_steps"] = data.Settings.FullTraining;
        model["full_run_hidden"] = data.Settings.FullHidden;
        model["full_run_layers"] = NcsnSettings.FullLayers;
        model["distance_of_neighbours"] = Number(ModeHops.NeighbourDistance(NamedMixtures.Ring8));
        model["levels"] = List(data.Levels, Level);
        model["last_level_on_circles"] = List(data.Empty, row => new JsonObject
        {
            ["radius"] = Number(row.Radius),
            ["mean_exact_score_norm"] = Number(row.ExactSize),
            ["mean_network_score_norm"] = Number(row.LearnedSize),
            ["mean_cosine"] = Number(row.Cosine),
            ["median_relative_error"] = Number(row.MedianError),
        });
        return model;
    }

    private static JsonObject Level(LevelAgreement row) => new()
    {
        ["sigma"] = Number(row.Sigma),
        ["relative_score_error"] = Number(row.RelativeError),
        ["loss"] = Number(row.Loss),
        ["loss_of_exact_score"] = Number(row.LeastLoss),
        ["loss_above_exact_score"] = Number(row.Loss - row.LeastLoss),
        ["density_between_neighbours_over_density_at_centre"] = Number(row.Valley),
    };

    private static JsonObject Weighting(WeightStudy study)
    {
        return new()
        {
            ["sigma_squared"] = Side(study.Weighted, study.WeightedLevels, isWeighted: true),
            ["none"] = Side(study.Plain, study.PlainLevels, isWeighted: false),
        };

        JsonObject Side(TrainedModel model, IReadOnlyList<LevelAgreement> levels, bool isWeighted)
        {
            JsonObject side = Course(model);
            side["levels"] = List(levels, Level);
            side["share_of_zero_networks_loss_by_level"] =
                List(Enumerable.Range(0, levels.Count), i => Number(study.ShareOfLoss(i, isWeighted)));
            return side;
        }
    }

    private static JsonObject Sampling(NcsnData data) => new()
    {
        ["samples"] = data.Settings.Samples,
        ["steps_per_level"] = data.Settings.StepsPerLevel,
        ["eps"] = Number(data.Annealing.SmallAlpha),
        ["single_level_alpha"] = Number(data.Annealing.OneLevelAlpha),
        ["largest_difference_between_annealed_samples_of_two_starts"] = Number(data.Annealing.StartDifference),
        ["single_level_std_by_formula"] = Number(data.Annealing.BiasedStd),
        ["runs"] = List(data.Annealing.Runs, Run),
        ["runs_of_weights_3_to_1"] = List(data.Annealing.Uneven, Run),
        ["levels"] = List(Enumerable.Range(0, data.Levels.Count), i => new JsonObject
        {
            ["sigma"] = Number(data.Levels[i].Sigma),
            ["share_nearest_to_final_mode"] = Number(data.Annealing.Decided[i]),
            ["expected_steps_per_hop_between_neighbours"] = Number(data.Annealing.HopSteps[i]),
        }),
    };

    private static JsonObject Run(LangevinRun run) => new()
    {
        ["name"] = run.Key,
        ["sampler"] = run.Sampler,
        ["score"] = run.Score,
        ["start"] = run.Start,
        ["evaluations"] = run.Evaluations,
        ["modes_reached"] = run.ModesReached,
        ["shares"] = List(run.Modes.Modes, mode => Number(mode.Share)),
        ["outlier_share"] = Number(run.Modes.OutlierShare),
        ["std_within_modes"] = Number(run.MeanStd),
        ["chi_square"] = Number(run.Shares.Statistic),
        ["chi_square_degrees_of_freedom"] = run.Shares.DegreesOfFreedom,
        ["chi_square_p"] = Number(run.Shares.PValue),
        ["squared_energy_distance"] = Energy(run.Energy),
    };

    private static JsonObject Energy(TwoSampleEstimate energy) => new()
    {
        ["value"] = Number(energy.Value),
        ["standard_error"] = Number(energy.StandardError),
        ["error_of_equals"] = Number(energy.NullError),
    };

    private static JsonObject StepSizes(NcsnData data) => new()
    {
        ["samples"] = data.Settings.StepSizeSamples,
        ["stability_limit_eps"] = Number(data.StepSizes.Limit),
        ["largest_eps_below_1_percent_outliers_network"] = Number(data.StepSizes.LargestGood.Learned),
        ["largest_eps_below_1_percent_outliers_exact_score"] = Number(data.StepSizes.LargestGood.Exact),
        ["sizes"] = List(data.StepSizes.Sizes, size => new JsonObject
        {
            ["eps"] = Number(size.Eps),
            ["network"] = Spread(size.Learned),
            ["exact_score"] = Spread(size.Exact),
            ["predicted_std_within_modes"] = Number(size.PredictedStd),
        }),
        ["levels"] = List(data.StepSizes.Levels, level => new JsonObject
        {
            ["sigma"] = Number(level.Sigma),
            ["alpha"] = Number(level.Alpha),
            ["alpha_over_sigma_squared"] = Number(level.Alpha / (level.Sigma * level.Sigma)),
            ["alpha_over_variance_of_noised_mode"] = Number(level.AlphaOverVariance),
            ["forgotten_share_of_offset"] = Number(level.Forgotten),
            ["signal_to_noise"] = Number(level.SignalToNoise),
        }),
        ["same_alpha_at_every_level"] = List(data.StepSizes.Constant, Term),
        ["score_without_noise"] = Term(data.StepSizes.OneTerm[0]),
        ["noise_without_score"] = Term(data.StepSizes.OneTerm[1]),
    };

    private static JsonObject Term(TermRun run)
    {
        JsonObject json = Spread(run.Spread);
        json["alpha"] = Number(run.Alpha);
        return json;
    }

    private static JsonObject Spread(ModeSpread spread) => new()
    {
        ["rms_distance_to_nearest_centre_per_coordinate"] = Number(spread.RootMeanSquare),
        ["outlier_share"] = Number(spread.OutlierShare),
        ["lost_share"] = Number(spread.LostShare),
    };

    private static JsonObject EndPoints(NcsnData data) => new()
    {
        ["points"] = data.Settings.EndPoints,
        ["processes"] = List(data.Ends.Ends, end => new JsonObject
        {
            ["name"] = end.Name,
            ["alpha"] = Number(end.Alpha),
            ["sigma"] = Number(end.Sigma),
            ["mean"] = List(end.Mean, Number),
            ["std"] = List(end.Std, Number),
            ["standard_error_of_mean"] = Number(end.MeanError),
            ["divergence_from_prior_nats"] = Number(end.Gap),
        }),
        ["variances"] = List(data.Ends.Variances, row => new JsonObject
        {
            ["t"] = Number(row.Time),
            ["alpha_bar"] = Number(row.AlphaBar),
            ["ve"] = Number(row.Exploding),
            ["vp"] = Number(row.Preserving),
            ["sub_vp"] = Number(row.SubPreserving),
            ["ratio"] = Number(row.Ratio),
            ["difference"] = Number(row.Difference),
        }),
    };

    private static JsonObject Conversions(NcsnData data) => new()
    {
        ["points"] = data.Settings.ConvertedPoints,
        ["shield"] = Number(data.Conversions.Shield),
        ["times"] = List(data.Conversions.Rows, row => new JsonObject
        {
            ["t"] = Number(row.Time),
            ["alpha"] = Number(row.Alpha),
            ["sigma"] = Number(row.Sigma),
            ["largest_round_trip_error"] = Number(row.RoundTrip),
            ["rms_score"] = Number(row.ScoreSize),
            ["rms_epsilon"] = Number(row.NoiseSize),
            ["rms_v"] = Number(row.VelocitySize),
            ["rms_x0"] = Number(row.CleanSize),
            ["relative_error_of_shield"] = Number(data.Conversions.Shield / (row.Sigma + data.Conversions.Shield)),
        }),
    };

    private static JsonObject Likelihood(NcsnData data)
    {
        LikelihoodStudy study = data.Likelihood;
        return new()
        {
            ["points"] = data.Settings.LikelihoodPoints,
            ["exact_mean_nats"] = Number(study.ExactMean),
            ["network_mean_nats"] = Number(study.LearnedMean),
            ["network_minus_exact_mean_nats"] = Number(study.LearnedMean - study.ExactMean),
            ["network_minus_exact_standard_error"] = Number(study.LearnedMeanError),
            ["network_rms_error_nats"] = Number(study.LearnedError),
            ["network_steps"] = study.LearnedSteps,
            ["network_evaluations"] = Number(study.LearnedNfe),
            ["exact_score_mean_nats"] = Number(study.ExactFlowMean),
            ["network_mean_with_minus_sign"] = Number(study.WrongSignMean),
            ["network_mean_with_unit_prior"] = Number(study.UnitPriorMean),
            ["solvers_with_exact_score"] = List(study.Solvers, solver => new JsonObject
            {
                ["solver"] = solver.Method.ToString(),
                ["steps"] = solver.Steps,
                ["evaluations"] = Number(solver.Nfe),
                ["rms_error_nats"] = Number(solver.Error),
            }),
            ["hutchinson"] = List(study.Probes, probe => new JsonObject
            {
                ["probes"] = probe.Probes,
                ["mean_nats"] = Number(probe.Mean),
                ["rms_difference_to_exact_trace"] = Number(probe.Error),
            }),
        };
    }

    private static JsonObject FarModes(NcsnData data) => new()
    {
        ["chains_per_start"] = data.Settings.Chains,
        ["steps"] = data.Settings.ChainSteps,
        ["step_size"] = Number(data.Far.StepSize),
        ["pairs"] = List(data.Far.Pairs, pair => new JsonObject
        {
            ["distance_over_std"] = Number(pair.Distance),
            ["hops"] = pair.Hops,
            ["expected_hops"] = Number(pair.ExpectedHops),
            ["steps_per_hop"] = Number(pair.StepsPerHop),
            ["expected_steps_per_hop"] = Number(pair.ExpectedStepsPerHop),
            ["started_on_both_sides"] = Diagnostics(pair.BothSides),
            ["started_on_the_left"] = Diagnostics(pair.OneSide),
            ["left_share_started_on_the_left"] = Number(pair.LeftShare),
        }),
    };

    private static JsonObject Diagnostics(ChainDiagnostics chains) => new()
    {
        ["rank_split_r_hat"] = Number(chains.RankSplitRHat),
        ["ess"] = Number(chains.Ess),
    };
}
