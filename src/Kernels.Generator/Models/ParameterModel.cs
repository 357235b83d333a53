namespace ScoreGpu.Kernels.Generator.Models;

/// <summary>A parameter of a kernel, as the launcher and the metadata need it.</summary>
internal sealed record ParameterModel(
    string Name,
    string Summary,
    string Kind,
    string Type,
    string DeclaredType,
    int SizeBytes,
    bool IsReadOnly,
    bool NeedsLength,
    bool IsIn);
