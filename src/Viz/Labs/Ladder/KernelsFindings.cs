using ScoreGpu.Engine.Benchmarks.Ladder;

namespace ScoreGpu.Viz.Labs.Ladder;

/// <summary>The lab's main numbers.</summary>
internal static class KernelsFindings
{
    /// <summary>Of every device: what all rungs gain, and how near the last is to the limit.</summary>
    public static IReadOnlyList<LabFinding> Of(KernelsData data) =>
    [
        .. data.Devices.SelectMany(device => Of(device, device.Forward, "forward", "the network")
            .Concat(Of(device, device.Sampler, "sampler", "the sampler"))),
    ];

    /// <summary>How many times as fast the last rung is as the first; NaN where there are not two.</summary>
    public static double GainOf(TaskLadder task) =>
        task.Rungs.Count < 2 ? double.NaN : task.Rungs[0].Seconds / task.Rungs[^1].Seconds;

    /// <summary>The last rung's share of the limit; NaN where there is none.</summary>
    public static double ShareOf(TaskLadder task) =>
        task.Rungs.Count == 0 ? double.NaN : task.Rungs[^1].Measured.ShareOfLimit;

    private static IEnumerable<LabFinding> Of(DeviceLadder device, TaskLadder task, string key, string name)
    {
        string place = device.Place.DeviceName;
        yield return new LabFinding(
            $"{place}_{key}_gain", $"{name} on {place}: last rung over first", GainOf(task));
        yield return new LabFinding(
            $"{place}_{key}_share_of_limit", $"{name} on {place}: last rung as a share of the limit", ShareOf(task));
    }
}
