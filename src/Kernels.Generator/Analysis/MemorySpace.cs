namespace ScoreGpu.Kernels.Generator.Analysis;

/// <summary>Where a view, an array or a reference points. OpenCL 1.2 makes it part of a pointer's type.</summary>
internal enum MemorySpace
{
    /// <summary>A work-item's own variables.</summary>
    Private,

    /// <summary>Memory that a group shares.</summary>
    Shared,

    /// <summary>The device's memory.</summary>
    Global,
}
