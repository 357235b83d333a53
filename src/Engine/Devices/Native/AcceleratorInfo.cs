using System.Globalization;

namespace ScoreGpu.Engine.Devices.Native;

/// <summary>What a driver says of one of its devices, and whether kernels can run there.</summary>
public abstract class AcceleratorInfo
{
    private protected AcceleratorInfo()
    {
    }

    /// <summary>The interface that the device is reached through: <c>opencl</c> or <c>cuda</c>.</summary>
    public abstract string Api { get; }

    /// <summary>The place in the list of the interface's devices, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The device's name.</summary>
    public required string Name { get; init; }

    /// <summary>The platform, which is one vendor's implementation of the interface.</summary>
    public required string Platform { get; init; }

    /// <summary>Who made the device.</summary>
    public required string Vendor { get; init; }

    /// <summary>The version of the interface that the device offers.</summary>
    public required string Version { get; init; }

    /// <summary>The driver's version.</summary>
    public required string DriverVersion { get; init; }

    /// <summary>GPU, CPU or accelerator.</summary>
    public required string Type { get; init; }

    /// <summary>Whether the device is a graphics processor, not one that a CPU plays.</summary>
    public required bool IsGpu { get; init; }

    /// <summary>Whether the device has its memory to itself, as a card has.</summary>
    public required bool HasOwnMemory { get; init; }

    /// <summary>Bytes of device memory.</summary>
    public required long GlobalMemoryBytes { get; init; }

    /// <summary>The most bytes of one buffer.</summary>
    public required long MaxAllocationBytes { get; init; }

    /// <summary>Bytes of local (CUDA: shared) memory that one group can have.</summary>
    public required long LocalMemoryBytes { get; init; }

    /// <summary>Compute units (CUDA: streaming multiprocessors).</summary>
    public required int ComputeUnits { get; init; }

    /// <summary>The most work-items of a group.</summary>
    public required int MaxGroupSize { get; init; }

    /// <summary>The highest clock in MHz; 0 where the driver does not say.</summary>
    public required int ClockMegahertz { get; init; }

    /// <summary>Why kernels cannot run on the device, in a sentence; null where they can.</summary>
    public required string? WhyNotUsable { get; init; }

    /// <summary>Whether kernels can run on the device.</summary>
    public bool IsUsable => WhyNotUsable is null;

    /// <summary>The device in one line, with its index.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Api}:{Index} {Name} ({Platform})");
}
