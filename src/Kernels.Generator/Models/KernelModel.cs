namespace ScoreGpu.Kernels.Generator.Models;

/// <summary>
/// All that the outputs say about a <c>[Kernel]</c> method: values alone, so that two of them can be compared and the
/// compiler keeps no syntax tree alive.
/// </summary>
internal sealed record KernelModel(
    string Name,
    string Summary,
    string Namespace,
    string Type,
    string Method,
    bool IsPublic,
    EquatableArray<string> TypeParameters,
    string Constraints,
    bool ParametersAreGeneric,
    string CSharp,
    int GroupSize,
    CostModel? Cost,
    EquatableArray<InstanceModel> Instances,
    EquatableArray<DiagnosticModel> Diagnostics,
    LocationModel Location);
