namespace ScoreGpu.Kernels.Generator.Models;

/// <summary>A diagnostic to report: its id, where, and the words that fill its message.</summary>
internal sealed record DiagnosticModel(string Id, LocationModel Location, EquatableArray<string> Arguments);
