using ScoreGpu.Engine.Benchmarks.Ladder;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Cpu;

namespace ScoreGpu.Viz.Labs.Ladder;

/// <summary>The lab's measurements, a device a stage.</summary>
internal static class KernelsRun
{
    private const double Weight = 10;

    /// <summary>The sum of the stages' weights.</summary>
    public static double TotalWeight(KernelsSettings settings) =>
        Weight * (1 + KernelLadder.Accelerators(settings.Accelerators).Count);

    /// <summary>Measures every device.</summary>
    public static KernelsData Compute(LabContext context, KernelsSettings settings, LabClock clock)
    {
        List<DeviceLadder> ladders = [];

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

        foreach (string name in KernelLadder.Accelerators(settings.Accelerators))
        {
            using IDevice accelerator = DeviceCatalog.Create(name);
            Measure(accelerator);
        }

        return new KernelsData(settings, context.Seed, ladders);

        void Measure(IDevice device) => ladders.Add(clock.Run(
            $"climbing on {device.Name}",
            Weight,
            progress => KernelLadder.Measure(device, context.Seed, settings.Ladder, progress, context.Cancellation)));
    }
}
