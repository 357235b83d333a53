namespace ScoreGpu.Engine.Devices.Inspection;

/// <summary>A kernel as PTX, the assembly language of NVIDIA's devices.</summary>
/// <param name="Text">The assembly.</param>
/// <param name="Compiler">What wrote it.</param>
public sealed record KernelAssembly(string Text, string Compiler);
