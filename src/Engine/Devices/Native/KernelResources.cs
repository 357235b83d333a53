namespace ScoreGpu.Engine.Devices.Native;

/// <summary>What the compiler made of a kernel on a device.</summary>
/// <param name="MaxGroupSize">The most work-items of a group with which this kernel can be launched.</param>
/// <param name="PreferredMultiple">Group sizes should be a multiple of this: a warp, a wave, a vector.</param>
/// <param name="LocalBytes">Local (CUDA: shared) memory of a group that the kernel declares itself.</param>
/// <param name="PrivateBytes">Memory of a work-item beyond registers: spills and private arrays.</param>
/// <param name="Registers">Registers of a work-item; null where the driver does not say.</param>
internal sealed record KernelResources(
    int MaxGroupSize, int PreferredMultiple, long LocalBytes, long PrivateBytes, int? Registers);
