using System.Text.Json.Nodes;
using ScoreGpu.Engine.Metrics;
using ScoreGpu.Viz.Labs.Training;
using static ScoreGpu.Viz.Labs.LabJson;

namespace ScoreGpu.Viz.Labs.ScoreMatching;

/// <summary>The lab's numbers for machines. What was timed is under <c>timings</c>, all else follows from the seed.
/// </summary>
internal static class ScoreMatchingResults
{
    /// <summary>Adds what is the lab's own; numbers that are not finite are null.</summary>
    public static void Add(ScoreMatchingData data, JsonObject results)
    {
        ScoreMatchingSettings settings = data.Settings;
        results["data"] = ScoreTraining.DataName;
        results["hidden"] = settings.Hidden;
        results["layers"] = settings.Layers;
        results["batch"] = settings.BatchSize;
        results["learning_rate"] = Number(settings.LearningRate);
        results["sigma"] = Number(settings.Sigma);
        WorkedTarget example = new(settings.Sigma);
        results["worked_example"] = new JsonObject
        {
            ["x"] = Number(WorkedTarget.Clean),
            ["noise"] = Number(WorkedTarget.Noise),
            ["sigma_squared"] = Number(example.Variance),
            ["sigma_noise"] = Number(example.Offset),
            ["noisy_x"] = Number(example.Noisy),
            ["target"] = Number(example.Target),
        };
        results["models"] = new JsonObject(data.Trained.Select(
            pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, Losses(pair.Value))));
        results["losses_of_exact_scores"] = new JsonObject
        {
            ["hyvarinen"] = Number(data.ExactLoss),
            ["denoising"] = Number(data.Usual.Floor),
            ["denoising_of_saying_nothing"] = Number(data.Usual.ZeroLoss),
            ["trained_denoising_above_exact"] = Number(data.DenoisingExcess),
            ["exact_over_trained_denoising"] = Number(data.DenoisingNoiseShare),
        };
        results["hyvarinen_loss"] = List(data.Parts, Parts);
        results["fields"] = List(data.Fields, Field);
        results["langevin"] = Langevin(data);
        results["noise_prediction"] = Identity(data.Identity);
        results["sigma_sweep"] = List(data.Sweep, Sigma);
        results["unlike_weights"] = new JsonObject
        {
            ["left_weight"] = Number(data.Weights.Weight),
            ["runs"] = List(data.Weights.Runs, run => new JsonObject
            {
                ["sigma"] = Number(run.Sigma),
                ["true_left_share"] = Number(run.TrueShare),
                ["left_share"] = Number(run.LastShare),
                ["error_of_left_share"] = Number(run.Error),
                ["left_share_along_the_way"] = List(run.LeftShares, Number),
            }),
        };
        results["timings"] = Timings(data);
    }

    private static JsonObject Losses(TrainedModel model) => new()
    {
        ["training_steps"] = model.Losses.Count,
        ["mean_loss_first_50_steps"] = Number(model.FirstLoss),
        ["mean_loss_last_50_steps"] = Number(model.LastLoss),
    };

    private static JsonObject Parts(LossParts parts) => new()
    {
        ["name"] = parts.Key,
        ["mean_trace"] = Number(parts.Trace),
        ["half_mean_square"] = Number(parts.HalfSquare),
        ["loss"] = Number(parts.Loss),
        ["explicit_loss"] = Number(parts.Explicit),
        ["half_mean_square_of_exact_score"] = Number(parts.HalfExactSquare),
        ["explicit_loss_read_off_loss"] = Number(parts.ReadOff),
        ["mean_trace_over_half_mean_square"] = Number(parts.Balance),
        ["mean_trace_plus_score_times_exact_score"] = Estimate(parts.Gap),
    };

    private static JsonObject Field(FieldStudy field) => new()
    {
        ["name"] = field.Key,
        ["sigma"] = Number(field.Sigma),
        ["to_data_score_at_data"] = Agreement(field.AtData),
        ["to_noised_score_at_noised_data"] = Agreement(field.AtNoisy),
        ["to_own_score_in_square"] = Agreement(field.InSquare),
    };

    private static JsonObject Agreement(FieldAgreement agreement) => new()
    {
        ["mean_cosine"] = Number(agreement.Cosine),
        ["mean_relative_error"] = Number(agreement.MeanRelativeError),
        ["median_relative_error"] = Number(agreement.MedianRelativeError),
        ["root_mean_square_error_over_root_mean_square"] = Number(agreement.RootMeanSquareError),
        ["share_of_cosines_above_0.9"] = Number(agreement.AlignedShare),
    };

    private static JsonObject Langevin(ScoreMatchingData data) => new()
    {
        ["chains"] = data.Settings.Chains,
        ["steps"] = data.Settings.LangevinSteps,
        ["step_size"] = Number(data.Settings.StepSize),
        ["data_width"] = Number(Math.Sqrt(LangevinPredictions.CleanVariance)),
        ["noised_width"] = Number(Math.Sqrt(LangevinPredictions.NoisedVariance(data.Settings.Sigma))),
        ["stationary_width_of_exact_score"] = Number(LangevinPredictions.CleanWidth(data.Settings)),
        ["stationary_width_of_exact_noised_score"] = Number(LangevinPredictions.NoisedWidth(data.Settings)),
        ["denoised_width_of_noised_data"] = Number(LangevinPredictions.DenoisedWidth(data.Settings.Sigma)),
        ["runs"] = List([.. data.Langevin.Runs, data.Langevin.Denoised], Run),
    };

    private static JsonObject Run(LangevinRun run) => new()
    {
        ["name"] = run.Key,
        ["sigma"] = Number(run.Sigma),
        ["left_share"] = Number(run.LeftShare),
        ["width"] = Number(run.Width),
        ["width_over_width_of_density_minus_1"] = Number(run.Widening),
        ["outlier_share"] = Number(run.OutlierShare),
        ["squared_energy_distance_to_data"] = Estimate(run.ToClean),
        ["distance_to_data_in_scatters_of_equal_samples"] = Number(run.ToCleanInScatters),
        ["squared_energy_distance_to_noised_data"] = Estimate(run.ToNoised),
        ["share_that_changed_side_in_second_half"] = Number(run.ChangedSide),
    };

    private static JsonObject Identity(NoiseIdentity identity) => new()
    {
        ["largest_target_difference"] = Number(identity.TargetDifference),
        ["score_loss"] = Number(identity.ScoreLoss),
        ["noise_loss"] = Number(identity.NoiseLoss),
        ["relative_loss_difference"] = Number(identity.LossDifference),
        ["relative_gradient_difference"] = Number(identity.GradientDifference),
        ["other_sigma"] = Number(NoiseIdentity.OtherSigma),
        ["relative_gradient_difference_at_other_sigma"] = Number(identity.OtherDifference),
        ["weights"] = identity.ScoreGradient.Length,
        ["trained_noise_against_trained_score"] = Agreement(identity.Trained),
    };

    private static JsonObject Sigma(SigmaRun run) => new()
    {
        ["sigma"] = Number(run.Sigma),
        ["exact_noised_score_to_data_score"] = Agreement(run.Bias),
        ["network_to_data_score"] = Agreement(run.ToClean),
        ["network_to_noised_score"] = Agreement(run.ToNoised),
        ["network_to_noised_score_at_starts"] = Agreement(run.Far),
        ["mean_loss_last_quarter"] = Number(run.Loss),
        ["loss_deviation_last_quarter"] = Number(run.LossDeviation),
        ["loss_of_exact_score"] = Number(run.Floor),
        ["loss_of_saying_nothing"] = Number(run.ZeroLoss),
        ["noise_over_signal"] = Number(run.NoiseOverSignal),
        ["samples"] = Run(run.Samples),
        ["denoised_samples"] = Run(run.Denoised),
    };

    private static JsonObject Timings(ScoreMatchingData data) => new()
    {
        ["training_seconds"] = new JsonObject(data.Trained.Select(
            pair => KeyValuePair.Create(pair.Key, Seconds(pair.Value.Elapsed)))),
        ["timed_steps"] = data.Settings.TimedSteps,
        ["dimensions"] = List(data.Cost.Dimensions, dimension => JsonValue.Create(dimension)),
        ["steps"] = new JsonObject(
            new[] { data.Cost.Hyvarinen, data.Cost.Sliced, data.Cost.Denoising }.Select(times =>
                KeyValuePair.Create<string, JsonNode?>(times.Key, new JsonObject
                {
                    ["least_milliseconds"] = List(times.Seconds, seconds => Number(1e3 * seconds)),
                    ["fitted_exponent"] = Number(times.Fit.Exponent),
                }))),
        ["hyvarinen_over_denoising"] = List(data.Cost.Ratios, Number),
        ["hyvarinen_over_denoising_per_dimension"] = Number(data.Cost.RatioPerDimension),
        ["hyvarinen_over_denoising_extrapolated_to_image"] = Number(data.Cost.ImageRatio),
        ["days_of_an_image_step_where_denoising_takes_a_second"] = Number(data.Cost.ImageDays),
        ["image_dimension"] = StepCost.ImageDimension,
    };

    private static JsonObject Estimate(MeanEstimate estimate) => new()
    {
        ["value"] = Number(estimate.Value),
        ["standard_error"] = Number(estimate.StandardError),
    };

    private static JsonObject Estimate(TwoSampleEstimate estimate) => new()
    {
        ["value"] = Number(estimate.Value),
        ["standard_error"] = Number(estimate.StandardError),
        ["scatter_of_equal_samples"] = Number(estimate.NullError),
    };
}
