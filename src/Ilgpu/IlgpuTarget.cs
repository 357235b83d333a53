namespace ScoreGpu.Ilgpu;

/// <summary>One of ILGPU's devices, and whether kernels can run there.</summary>
/// <param name="Name">The name that <c>--device</c> takes.</param>
/// <param name="Description">The device in words.</param>
/// <param name="Device">ILGPU's description; null where there is no device.</param>
/// <param name="WhyNotUsable">Why kernels cannot run there, in a sentence; null where they can.</param>
internal sealed record IlgpuTarget(string Name, string Description, Device? Device, string? WhyNotUsable);
