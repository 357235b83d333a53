using System.Text.Json.Nodes;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Viz.Labs.Quality;
using ScoreGpu.Viz.Labs.Training;
using static ScoreGpu.Viz.Labs.LabJson;

namespace ScoreGpu.Viz.Labs.FlowMatching;

/// <summary>The lab's numbers for machines.</summary>
internal static class FlowMatchingResults
{
    /// <summary>Adds what is the lab's own; numbers that are not finite are null.</summary>
    public static void Add(FlowMatchingData data, JsonObject results)
    {
        results["data"] = new JsonObject
        {
            ["name"] = FlowData.Name,
            ["coordinate_std"] = Number(FlowData.Deviation),
            ["true_samples_squared_energy_distance"] = Number(data.Truth.Value),
            ["true_samples_scatter"] = Number(data.Truth.NullError),
            ["limit"] = Number(data.Limit),
            ["samples"] = data.Settings.QualitySamples,
        };
        results["worked_example"] = new JsonObject
        {
            ["t"] = Number(ConditionalPaths.ExampleTime),
            ["x_t"] = List(ConditionalPaths.ExampleState, Number),
            ["velocity"] = List(ConditionalPaths.ExampleVelocity, Number),
        };
        results["conditional_paths"] = List(data.Conditional, paths => Shape(paths.Shape, new JsonObject
        {
            ["process"] = paths.Process,
            ["relative_bend_of_x_over_alpha"] = Number(paths.ScaledBend),
        }));
        results["cosine_over_vp_relative_straightness"] = Number(
            data.ConditionalOf("cosine").Shape.RelativeStraightness
            / data.ConditionalOf("vp").Shape.RelativeStraightness);
        results["marginal_paths"] = Marginal(data);
        results["data_sizes"] = List(data.Scales, scale => Shape(scale.Shape, new JsonObject
        {
            ["path"] = scale.Path,
            ["coordinate_std"] = Number(scale.Deviation),
            ["euler_steps"] = ScaleStudy.Steps,
            ["relative_end_error"] = Number(scale.EndError),
        }));
        results["euler_exact"] = List(data.ExactEuler, Samples);
        results["euler_exact_end_error_of_last_but_one_over_last"] = new JsonObject
        {
            ["flow_euler"] = Number(EulerStudy.LastGain(data, "flow", "euler")),
            ["vp_euler"] = Number(EulerStudy.LastGain(data, "vp", "euler")),
            ["vp_ddim"] = Number(EulerStudy.LastGain(data, "vp", "ddim")),
        };
        results["euler_trained"] = List(data.TrainedEuler, Samples);
        results["models"] = Models(data);
        results["conversions"] = ConversionNumbers(data);
        results["velocity_direction"] = List(data.Directions, direction => new JsonObject
        {
            ["t"] = Number(direction.Time),
            ["mean_cosine_of_minus_velocity_to_score"] = Number(direction.CosineToScore),
            ["share_more_than_a_right_angle_from_score"] = Number(direction.OppositeShare),
            ["mean_cosine_of_velocity_to_pair"] = Number(direction.CosineToPair),
        });
        results["mistaken_conventions"] = new JsonObject
        {
            ["right"] = Score(data.Sign.Right),
            ["velocity_of_wrong_sign"] = Score(data.Sign.WrongSign),
            ["time_the_wrong_way"] = Score(data.Sign.WrongTime),
        };
        results["equal_evaluations"] = List(data.Curves, curve => Curve(curve, data.Limit));
        results["rectified_flow"] = Rectified(data.Rectified);
    }

    private static JsonObject Shape(PathShape shape, JsonObject json)
    {
        json["straightness"] = Number(shape.Straightness);
        json["relative_straightness"] = Number(shape.RelativeStraightness);
        json["length_over_distance"] = Number(shape.Detour);
        json["length_over_distance_less_1"] = Number(shape.Detour - 1.0);
        json["bend"] = Number(shape.Bend);
        json["turning_degrees"] = Number(shape.TurningDegrees);
        json["greatest_over_least_speed"] = Number(shape.SpeedRatio);
        return json;
    }

    private static JsonObject Marginal(FlowMatchingData data) => new()
    {
        ["paths"] = data.Flow.Count,
        ["flow"] = Path(data.Flow),
        ["vp"] = Path(data.Vp),
        ["flow_over_vp_relative_straightness"] =
            Number(data.Flow.Shape.RelativeStraightness / data.Vp.Shape.RelativeStraightness),
        ["same_flow"] = new JsonObject
        {
            ["rms_distance_of_ends"] = Number(data.Same.EndsApart),
            ["paths"] = data.Same.Paths,
            ["ddim_on_vp_against_euler_on_flow_largest_difference"] = Number(data.Same.StepsApart),
            ["steps"] = data.Same.Steps,
        },
    };

    private static JsonObject Path(MarginalPaths paths) => Shape(paths.Shape, new JsonObject
    {
        ["sharpest_time"] = Number(paths.SharpestTime),
        ["greatest_mean_acceleration"] = Number(paths.Accelerations.Max()),
        ["mean_acceleration"] = Number(paths.Accelerations.Average()),
    });

    private static JsonObject Samples(EulerSamples samples)
    {
        JsonObject json = Score(samples.Score);
        json["path"] = samples.Path;
        json["steps"] = samples.Steps;
        json["spread"] = Number(samples.Spread);
        if (samples.IsExact)
        {
            json["rms_distance_to_exact_end"] = Number(samples.EndError);
        }

        return json;
    }

    private static JsonObject Score(SamplerScore score) => new()
    {
        ["sampler"] = score.Sampler,
        ["nfe"] = Number(score.Nfe),
        ["squared_energy_distance"] = Number(score.Energy.Value),
        ["squared_sliced_wasserstein"] = Number(score.Wasserstein),
        ["outlier_share"] = Number(score.OutlierShare),
        ["is_apart_from_data"] = score.IsApart,
    };

    private static JsonObject Models(FlowMatchingData data)
    {
        JsonObject json = [];
        foreach (PathModel path in PathModel.All)
        {
            TrainedModel first = data.Models[path][0];
            NetworkErrors errors = data.Errors[path];
            json[path.Key] = new JsonObject
            {
                ["process"] = path.Process.Name,
                ["predicts"] = Predictions.NameOf(path.Predicts),
                ["weights"] = first.Model.Network.Values.Length,
                ["training_steps"] = first.Losses.Count,
                ["batch"] = data.Settings.BatchSize,
                ["learning_rate_first"] = Number(first.Course.FirstRate),
                ["learning_rate_last"] = Number(first.Course.LastRate ?? first.Course.FirstRate),
                ["mean_loss_first_50_steps"] = Number(first.FirstLoss),
                ["mean_loss_last_50_steps"] = Number(first.LastLoss),
                ["training_seconds"] = Seconds(first.Elapsed),
                ["mean_loss_last_50_steps_by_run"] = List(data.Models[path], run => Number(run.LastLoss)),
                ["largest_velocity_error"] = Number(errors.WorstVelocity.VelocityError),
                ["largest_velocity_error_at_sigma_over_alpha"] = Number(errors.WorstVelocity.Level),
                ["errors_by_noise_level"] = List(errors.Levels, level => new JsonObject
                {
                    ["sigma_over_alpha"] = Number(level.Level),
                    ["t"] = Number(level.Time),
                    ["rms_error_of_output"] = Number(level.OutputError),
                    ["rms_error_of_velocity"] = Number(level.VelocityError),
                    ["rms_error_of_epsilon"] = Number(level.EpsilonError),
                    ["least_possible_loss"] = Number(level.BestLoss),
                }),
            };
        }

        return json;
    }

    private static JsonObject ConversionNumbers(FlowMatchingData data)
    {
        JsonObject json = new()
        {
            ["written_formulas_largest_errors"] = new JsonObject
            {
                ["epsilon_of_velocity"] = Number(data.Formulas.NoiseOfVelocity),
                ["x0_of_velocity"] = Number(data.Formulas.CleanOfVelocity),
                ["score_of_velocity_relative"] = Number(data.Formulas.ScoreOfVelocity),
                ["vp_score_of_epsilon_relative"] = Number(data.Formulas.VpScoreOfNoise),
                ["v_minus_half_velocity_at_t_0.5"] = Number(data.Formulas.VOfVelocityAtHalf),
                ["v_minus_half_velocity_at_t_0.1"] = Number(data.Formulas.VOfVelocityElsewhere),
            },
        };
        foreach (Conversions conversions in data.Conversions)
        {
            json[conversions.Process] = new JsonObject
            {
                ["worst_in_single_precision"] = Check(conversions.WorstSingle),
                ["worst_in_double_precision"] = Check(conversions.WorstDouble),
                ["checks"] = List(conversions.Checks, Check),
            };
        }

        return json;
    }

    private static JsonObject Check(ConversionCheck check) => new()
    {
        ["from"] = Predictions.NameOf(check.From),
        ["to"] = Predictions.NameOf(check.To),
        ["t"] = Number(check.Time),
        ["gain"] = Number(check.Gain),
        ["round_trip_error_single"] = Number(check.RoundTripSingle),
        ["round_trip_error_double"] = Number(check.RoundTripDouble),
    };

    private static JsonObject Curve(QualityCurve curve, double limit)
    {
        double[] nfe = curve.Nfe;
        double[] energies = curve.Energies;
        double[] outliers = curve.Outliers;
        double[] distances = curve.Wassersteins;
        return new JsonObject
        {
            ["model"] = curve.Model.Key,
            ["sampler"] = curve.Sampler,
            ["evaluations_until_as_good_as_data"] = Number(curve.EvaluationsBelow(limit)),
            ["points"] = List(Enumerable.Range(0, nfe.Length), i => new JsonObject
            {
                ["nfe"] = Number(nfe[i]),
                ["mean_squared_energy_distance"] = Number(energies[i]),
                ["least_squared_energy_distance"] = Number(curve.Range(i).Least),
                ["greatest_squared_energy_distance"] = Number(curve.Range(i).Greatest),
                ["mean_squared_sliced_wasserstein"] = Number(distances[i]),
                ["mean_outlier_share"] = Number(outliers[i]),
            }),
        };
    }

    private static JsonObject Rectified(RectifiedFlow flow) => new()
    {
        ["rounds"] = List(flow.Rounds, Straightened),
        ["control"] = Straightened(flow.Control),
    };

    private static JsonObject Straightened(StraightenedFlow flow) => Shape(flow.Shape, new JsonObject
    {
        ["label"] = flow.Label,
        ["transport_cost"] = Number(flow.TransportCost),
        ["by_steps"] = List(flow.ByStep, Samples),
    });
}
