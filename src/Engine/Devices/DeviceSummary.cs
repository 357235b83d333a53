namespace ScoreGpu.Engine.Devices;

/// <summary>What a device is on this machine.</summary>
/// <param name="Name">The name that <c>--device</c> takes.</param>
/// <param name="Description">The hardware in words.</param>
/// <param name="Cores">Cores or multiprocessors; 0 where there is no device.</param>
/// <param name="MemoryBytes">Memory that it can use; 0 where there is no device.</param>
/// <param name="VectorBits">The vector width in bits, where vectors are what it computes with; else null.</param>
/// <param name="Problem">Why it cannot be used; null where it can.</param>
/// <param name="LaunchLatency">The time from an empty kernel's launch until the host knows that it ended, as measured; null
/// where there is no launch, or none succeeded.</param>
public sealed record DeviceSummary(
    string Name,
    string Description,
    int Cores,
    long MemoryBytes,
    int? VectorBits,
    string? Problem,
    TimeSpan? LaunchLatency = null);
