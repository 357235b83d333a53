using ScoreGpu.Engine.Benchmarks.Ladder;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Cpu;

namespace ScoreGpu.Viz.Labs.Ladder;

/// <summary>The lab's measurements, a device a stage.</summary>
internal static class KernelsRun
{
    /// <summary>The sum of the stages' weights, of which each device has the same share: which there are is only known when
    /// the lab runs, as looking for them loads their drivers.</summary>
    public const double TotalWeight = 20;

    /// <summary>Measures every device.</summary>
    public static KernelsData Compute(LabContext context, KernelsSettings settings, LabClock clock)
    {
        List<DeviceLadder> ladders = [];
        IReadOnlyList<string> accelerators = KernelLadder.Accelerators(settings.Accelerators);
        double weight = TotalWeight / (1 + accelerators.Count);

        // The threads that were asked for, where the device is the CPU.
        if (context.Device is CpuDevice given)
        {
            Measure(given);
        }
        else
        {
            using CpuDevice own = new();
            Measure(own);
        }

        foreach (string name in accelerators)
        {
            using IDevice accelerator = DeviceCatalog.Create(name);
            Measure(accelerator);
        }

        return new KernelsData(settings, context.Seed, ladders);

        void Measure(IDevice device) => ladders.Add(clock.Run(
            $"climbing on {device.Name}",
            weight,
            progress => KernelLadder.Measure(device, context.Seed, settings.Ladder, progress, context.Cancellation)));
    }
}
