namespace ScoreGpu.Kernels.Dialect;

/// <summary>
/// Marks a static method as a kernel: the generator writes it as OpenCL C and as CUDA C, with a typed launcher.
/// </summary>
/// <remarks>
/// The kernel's name is that of its class without a trailing "Kernel", followed by that of the method:
/// <c>DenseKernel.Forward</c> is <c>DenseForward</c>, and <c>MixtureScoreKernel.Run</c> is <c>MixtureScore</c>. A
/// generic kernel has one entry point for each
/// <see cref="KernelInstanceAttribute"/>.
/// </remarks>
[AttributeUsage(AttributeTargets.Method)]
public sealed class KernelAttribute : Attribute
{
    /// <summary>The number of work-items in a group; 0 leaves it to the launch.</summary>
    public int GroupSize { get; init; }

    /// <summary>The name of the entry point, where it should not follow from class and method.</summary>
    public string? Name { get; init; }
}
