namespace ScoreGpu.Kernels.Dialect;

/// <summary>
/// Names the structs for which a generic kernel is compiled: one entry point for each attribute, called after the
/// kernel followed by the structs (<c>DenseForward</c> with <c>Silu</c> is <c>DenseForwardSilu</c>).
/// </summary>
/// <param name="typeArguments">One struct for each type parameter of the kernel, in order.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class KernelInstanceAttribute(params Type[] typeArguments) : Attribute
{
    /// <summary>One struct for each type parameter of the kernel, in order.</summary>
    public Type[] TypeArguments { get; } = typeArguments;

    /// <summary>The name of this entry point, where it should not follow from the kernel and the structs.</summary>
    public string? Name { get; init; }
}
