namespace ScoreGpu.Kernels.Dialect;

/// <summary>A parameter of a kernel.</summary>
/// <param name="Name">Its name in C#.</param>
/// <param name="Summary">What the kernel's documentation says about it.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Type">The C# type of the value, or of a view's element.</param>
/// <param name="SizeBytes">The size of the value, or of a view's element.</param>
/// <param name="IsReadOnly">For a view: whether the kernel never writes it.</param>
/// <param name="NeedsLength">For a view: whether the generated code takes its length as an argument.</param>
public sealed record KernelParameter(
    string Name,
    string Summary,
    KernelParameterKind Kind,
    string Type,
    int SizeBytes,
    bool IsReadOnly,
    bool NeedsLength);
