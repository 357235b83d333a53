using System.Text.Json.Nodes;
using ScoreGpu.Engine.Benchmarks;
using ScoreGpu.Engine.Benchmarks.Ladder;
using static ScoreGpu.Viz.Labs.LabJson;

namespace ScoreGpu.Viz.Labs.Ladder;

/// <summary>The lab's numbers for machines.</summary>
internal static class KernelsResults
{
    private const double Giga = 1e9;
    private const double Milli = 1e3;
    private const double Micro = 1e6;

    /// <summary>Adds what is the lab's own.</summary>
    public static void Add(KernelsData data, JsonObject results)
    {
        LadderSettings settings = data.Settings.Ladder;
        results["hidden"] = settings.Width;
        results["dimension"] = 2;
        results["layers"] = 3;
        results["steps"] = settings.Steps;
        results["ladders"] = List(data.Devices, device => Ladder(device));
    }

    private static JsonObject Ladder(DeviceLadder device) => new()
    {
        ["device"] = device.Place.DeviceName,
        ["device_description"] = device.Place.DeviceDescription,
        ["is_gpu"] = device.IsGpu,
        ["machine"] = Machine(device),
        ["forward"] = Task(device, device.Forward),
        ["sampler"] = Task(device, device.Sampler),
    };

    private static JsonObject Machine(DeviceLadder device)
    {
        MachineCeilings ceilings = device.Ceilings;
        JsonObject json = new()
        {
            ["multiply_add_gflops"] = Number(ceilings.MultiplyAddFlops / Giga),
            ["core_multiply_add_gflops"] = Number((ceilings.CoreMultiplyAddFlops ?? double.NaN) / Giga),
            ["memory_gigabytes_per_second"] = Number(ceilings.BytesPerSecond / Giga),
            ["local_gigabytes_per_second"] = Number((ceilings.LocalBytesPerSecond ?? double.NaN) / Giga),
            ["launch_microseconds"] = Number(ceilings.LaunchSeconds * Micro),
        };
        if (device.Core is { } core)
        {
            json["lanes"] = core.Lanes;
            json["cores_worth"] = Number(ceilings.MultiplyAddFlops / ceilings.CoreMultiplyAddFlops!.Value);
            json["dependent_giga_multiply_adds_per_second"] = Number(core.DependentMultiplyAdds / Giga);
            json["dependent_multiply_add_nanoseconds"] = Number(Giga / core.DependentMultiplyAdds);
            json["sums_that_fill_a_core"] = Number(SumsThatFill(device));
            json["giga_vector_loads_per_second"] = Number(core.VectorLoads / Giga);
            json["scalar_activations_per_second"] = Number(core.ScalarActivations);
            json["vector_over_scalar_activations"] = Number(core.VectorActivations / core.ScalarActivations);
            json["scalar_giga_activations_per_second"] = Number(core.ScalarActivations / Giga);
            json["vector_giga_activations_per_second"] = Number(core.VectorActivations / Giga);
        }

        return json;
    }

    /// <summary>How many multiply-adds are under way in a core that is never idle: its rate times their latency.</summary>
    public static double SumsThatFill(DeviceLadder device) =>
        device.Ceilings.CoreMultiplyAddFlops!.Value / (2 * device.Core!.Lanes) / device.Core.DependentMultiplyAdds;

    private static JsonObject Task(DeviceLadder device, TaskLadder task) => new()
    {
        ["batch"] = task.Batch,
        ["evaluations"] = task.Evaluations,
        ["limit_gflops"] = Number(Rung.LimitOf(task)),
        ["gain"] = Number(KernelsFindings.GainOf(task)),
        ["rungs"] = List(Rung.Of(device, task), One),
        ["refused"] = List(task.Refused, refused => new JsonObject
        {
            ["name"] = refused.Name,
            ["error"] = Number(refused.Error),
        }),
    };

    private static JsonObject One(Rung rung)
    {
        RungPrediction prediction = rung.Result.Prediction;
        BenchmarkTime time = rung.Result.Measured.Time;
        return new JsonObject
        {
            ["number"] = rung.Number,
            ["name"] = rung.Name,
            ["title"] = rung.Result.Info.Title,
            ["sources"] = List(rung.Result.Info.Sources, source => source),
            ["work"] = Work(rung.Result.Info.Work),
            ["multiply_adds_over_needed"] = Number(
                2 * rung.Result.Info.Work.MultiplyAdds * rung.Result.Measured.Items / rung.Result.Measured.Flops),
            ["predicted_milliseconds"] = Number(rung.PredictedMilliseconds),
            ["predicted_gflops"] = Number(rung.PredictedRate),
            ["predicted_gain"] = Number(rung.PredictedGain),
            ["predicted_terms"] = List(prediction.Overlapping.Concat(prediction.Added), term => new JsonObject
            {
                ["limit"] = LimitText.KeyOf(term.Limit),
                ["milliseconds"] = Number(Milli * term.Seconds),
                ["share"] = Number(rung.ShareOf(term)),
            }),
            ["bound_by"] = LimitText.KeyOf(prediction.Largest.Limit),
            ["milliseconds"] = Number(rung.Milliseconds),
            ["lower_quartile_milliseconds"] = Number(Milli * time.LowerQuartile),
            ["upper_quartile_milliseconds"] = Number(Milli * time.UpperQuartile),
            ["spread"] = Number(time.Spread),
            ["turns"] = time.Turns,
            ["runs_per_turn"] = time.RunsPerTurn,
            ["gflops"] = Number(rung.Rate),
            ["share_of_limit"] = Number(rung.Share),
            ["gain"] = Number(rung.Gain),
            ["over_prediction"] = Number(rung.Result.OverPrediction),
            ["under_prediction"] = Number(1 / rung.Result.OverPrediction),
            ["error"] = Number(rung.Result.Error),
        };
    }

    private static JsonObject Work(RungWork work) => work switch
    {
        CpuWork cpu => new JsonObject
        {
            ["multiply_adds"] = cpu.MultiplyAdds,
            ["activations"] = cpu.Activations,
            ["activations_over_multiply_adds"] = cpu.Activations / cpu.MultiplyAdds,
            ["vectors"] = cpu.HasVectors,
            ["sums"] = cpu.Sums,
            ["loads_per_multiply_add"] = cpu.LoadsPerMultiplyAdd,
            ["vector_activations"] = cpu.HasVectorActivations,
            ["all_cores"] = cpu.HasAllCores,
            ["moved_bytes"] = cpu.MovedBytes,
            ["phases"] = cpu.Phases,
        },
        AcceleratorWork accelerator => new JsonObject
        {
            ["multiply_adds"] = accelerator.MultiplyAdds,
            ["global_bytes"] = accelerator.GlobalBytes,
            ["local_bytes"] = accelerator.LocalBytes,
            ["launches"] = accelerator.Launches,
        },
        _ => [],
    };
}
