using System.Globalization;

namespace ScoreGpu.Engine.Devices.Native;

/// <summary>Counts the bytes that are allocated on a device, and refuses what cannot fit.</summary>
/// <remarks>Drivers often allocate late, and then fail far from the cause, or take the memory from the whole machine.
/// </remarks>
internal sealed class AllocationLedger
{
    private readonly AcceleratorInfo _device;
    private long _bytes;

    /// <summary>Starts with nothing allocated.</summary>
    public AllocationLedger(AcceleratorInfo device)
    {
        _device = device;
    }

    /// <summary>Bytes allocated now.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>Counts an allocation.</summary>
    /// <exception cref="DeviceException">One buffer, or all together, would be larger than the device
    /// allows.</exception>
    public void Reserve(long bytes)
    {
        if (bytes > _device.MaxAllocationBytes)
        {
            throw Refusal(bytes, $"one buffer can have {Mebibytes(_device.MaxAllocationBytes)}");
        }

        long total = Interlocked.Add(ref _bytes, bytes);
        if (total > _device.GlobalMemoryBytes)
        {
            Interlocked.Add(ref _bytes, -bytes);
            throw Refusal(
                bytes,
                $"{Mebibytes(total - bytes)} of {Mebibytes(_device.GlobalMemoryBytes)} are in use already");
        }
    }

    /// <summary>Counts the end of an allocation.</summary>
    public void Release(long bytes) => Interlocked.Add(ref _bytes, -bytes);

    private static string Mebibytes(long bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:N1} MiB");

    private DeviceException Refusal(long bytes, string why) =>
        new(DeviceFailure.OutOfMemory, $"A buffer of {Mebibytes(bytes)} does not fit on {_device}: {why}.");
}
