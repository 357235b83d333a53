using ScoreGpu.Engine.Benchmarks.Ladder;

namespace ScoreGpu.Viz.Labs.Ladder.Figures;

/// <summary>The lab's figures.</summary>
internal static class KernelsFigures
{
    /// <summary>All of them: two ladders a device, and what the model blames.</summary>
    public static IReadOnlyList<LabFigure> All(KernelsData data) =>
    [
        .. data.Devices.SelectMany(device => new[]
        {
            LadderFigure.Draw(device, device.Forward, NameOf(device, LadderKind.Forward), "The network, rung by rung"),
            LadderFigure.Draw(device, device.Sampler, NameOf(device, LadderKind.Sampler), "The sampler, rung by rung"),
            LimitsFigure.Draw(device, NameOf(device, LadderKind.Limits)),
        }),
    ];

    /// <summary>The name of a device's figure.</summary>
    public static string NameOf(DeviceLadder device, LadderKind kind) => kind switch
    {
        LadderKind.Forward => $"{device.Place.DeviceName}-forward",
        LadderKind.Sampler => $"{device.Place.DeviceName}-sampler",
        _ => $"{device.Place.DeviceName}-limits",
    };
}

/// <summary>A device's figures.</summary>
internal enum LadderKind
{
    /// <summary>The ladder of the network.</summary>
    Forward,

    /// <summary>The ladder of the sampler.</summary>
    Sampler,

    /// <summary>What the predicted times consist of.</summary>
    Limits,
}
