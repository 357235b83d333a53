namespace ScoreGpu.Kernels.Dialect;

/// <summary>A kernel in all its forms, with what a device needs to compile and launch it.</summary>
/// <remarks>
/// The arguments of the generated code are, in this order: for each parameter, a view's pointer, then (OpenCL alone)
/// its offset in elements as an int, then its length as an int if <see cref="KernelParameter.NeedsLength"/>; or the
/// value. Then, if <see cref="UsesDynamicShared"/>, the local memory (OpenCL alone), and if
/// <see cref="NeedsDynamicSharedBytes"/> its size in bytes as an int.
/// </remarks>
public sealed record KernelDefinition
{
    /// <summary>The name of the entry point in the generated code, and of the property that holds this.</summary>
    public required string Name { get; init; }

    /// <summary>What the kernel does, in a sentence.</summary>
    public required string Summary { get; init; }

    /// <summary>The kernel's method: namespace, class and name.</summary>
    public required string Method { get; init; }

    /// <summary>The structs that a generic kernel was compiled for.</summary>
    public required IReadOnlyList<string> TypeArguments { get; init; }

    /// <summary>The text of the file that holds the kernel.</summary>
    public required string CSharp { get; init; }

    /// <summary>OpenCL C 1.2 text; a whole program.</summary>
    public required string OpenClC { get; init; }

    /// <summary>CUDA C text; a whole program for NVRTC.</summary>
    public required string CudaC { get; init; }

    /// <summary>The parameters, in order.</summary>
    public required IReadOnlyList<KernelParameter> Parameters { get; init; }

    /// <summary>The number of work-items that a group must have; 0 if the launch is free to choose.</summary>
    public required int GroupSize { get; init; }

    /// <summary>The bytes of local memory that <see cref="SharedMemory.Allocate{T}"/> takes a group.</summary>
    public required int StaticSharedBytes { get; init; }

    /// <summary>Whether the kernel uses <see cref="SharedMemory.GetDynamic{T}"/>.</summary>
    public required bool UsesDynamicShared { get; init; }

    /// <summary>Whether the generated code takes the size of the dynamic memory as an argument.</summary>
    public required bool NeedsDynamicSharedBytes { get; init; }

    /// <summary>Whether work-items wait for each other.</summary>
    public required bool UsesBarriers { get; init; }

    /// <summary>What the kernel declares that it costs; null if it declares nothing.</summary>
    public required KernelCost? Cost { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    /// <summary>Checks a shape against what the kernel requires.</summary>
    /// <param name="shape">The shape of a launch.</param>
    /// <exception cref="ArgumentOutOfRangeException">The shape is not one for this kernel.</exception>
    public void Check(LaunchShape shape)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(shape.Groups, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(shape.GroupSize, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(shape.DynamicSharedBytes);
        if (GroupSize != 0 && shape.GroupSize != GroupSize)
        {
            throw new ArgumentOutOfRangeException(
                nameof(shape), shape.GroupSize, $"{Name} runs in groups of {GroupSize} work-items.");
        }

        if (UsesDynamicShared != (shape.DynamicSharedBytes > 0))
        {
            throw new ArgumentOutOfRangeException(
                nameof(shape),
                shape.DynamicSharedBytes,
                UsesDynamicShared
                    ? $"{Name} uses dynamic shared memory: give its size."
                    : $"{Name} uses no dynamic shared memory.");
        }
    }
}
