namespace ScoreGpu.Kernels.Generator.Models;

/// <summary>A kernel compiled for certain type arguments: one entry point.</summary>
internal sealed record InstanceModel(
    string Name,
    string ShortName,
    EquatableArray<string> TypeArguments,
    EquatableArray<ParameterModel> Parameters,
    string OpenClC,
    string CudaC,
    int StaticSharedBytes,
    bool UsesDynamicShared,
    bool NeedsDynamicSharedBytes,
    bool UsesBarriers);
