using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Naming;

namespace ScoreGpu.Engine.Devices;

/// <summary>Every device by name.</summary>
public static class DeviceCatalog
{
    /// <summary>Stands for the fastest device that works on this machine.</summary>
    public const string Auto = "auto";

    /// <summary>The device that is used where none is named.</summary>
    public const string Default = "cpu";

    /// <summary>The devices' names.</summary>
    public static IReadOnlyList<string> Names { get; } = ["cpu"];

    /// <summary>What a user may choose from: every name, and <see cref="Auto"/>.</summary>
    public static IReadOnlyList<string> Choices { get; } = [.. Names, Auto];

    /// <summary>What each device would run on here, and why one cannot be used.</summary>
    public static IReadOnlyList<DeviceSummary> Describe() => [CpuSummary.Describe()];

    /// <summary>Starts a device.</summary>
    /// <param name="name">One of <see cref="Choices"/>.</param>
    /// <param name="threads">Threads of the cpu device; 0 takes one a core.</param>
    /// <exception cref="InputException">The name is unknown, or the device cannot start.</exception>
    public static IDevice Create(string name, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name switch
        {
            "cpu" or Auto => new CpuDevice(threads),
            _ => throw NearestNames.Unknown("device", name, Choices),
        };
    }
}
