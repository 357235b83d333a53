namespace ScoreGpu.Engine.Devices;

/// <summary>What an accelerator does at most, measured with kernels that do one thing only.</summary>
/// <param name="MultiplyAddFlops">Float32 operations a second, two a multiply-add: registers only.</param>
/// <param name="BytesPerSecond">Bytes that a copy within the device's memory reads and writes a second.</param>
/// <param name="LocalBytesPerSecond">Bytes that all groups together read a second from their local memory.</param>
/// <param name="LaunchLatency">From the launch of an empty kernel until the host knows that it ended.</param>
public sealed record DeviceRates(
    double MultiplyAddFlops, double BytesPerSecond, double LocalBytesPerSecond, TimeSpan LaunchLatency);
