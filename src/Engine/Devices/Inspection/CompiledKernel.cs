using ScoreGpu.Engine.Devices.Native;

namespace ScoreGpu.Engine.Devices.Inspection;

/// <summary>What a device's compiler made of a kernel.</summary>
/// <param name="Device">The device.</param>
/// <param name="MaxGroupSize">The most work-items of a group with which the kernel can be launched.</param>
/// <param name="PreferredMultiple">Group sizes should be a multiple of this: a warp, a wave, a vector.</param>
/// <param name="LocalBytes">Local (CUDA: shared) memory of a group, without what a launch adds.</param>
/// <param name="PrivateBytes">Memory of a work-item beyond registers: spills and private arrays.</param>
/// <param name="Registers">Registers of a work-item; null where the driver does not say.</param>
/// <param name="Occupancy">The share of a multiprocessor's threads in use when it holds as many groups as fit, for the
/// kernel's own group size and without local memory that a launch adds; null where it is not known.</param>
/// <param name="Binary">What the driver keeps: an OpenCL binary, a cubin or PTX.</param>
/// <param name="BuildLog">What the compiler said.</param>
public sealed record CompiledKernel(
    AcceleratorInfo Device,
    int MaxGroupSize,
    int PreferredMultiple,
    long LocalBytes,
    long PrivateBytes,
    int? Registers,
    double? Occupancy,
    ReadOnlyMemory<byte> Binary,
    string BuildLog);
