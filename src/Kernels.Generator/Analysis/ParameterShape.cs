namespace ScoreGpu.Kernels.Generator.Analysis;

/// <summary>
/// What a function is told at build time about a parameter that is a view, an array or a reference. Functions are
/// compiled once for each combination of shapes that they are called with.
/// </summary>
/// <param name="Space">Where the argument points.</param>
/// <param name="ArrayLength">The length of an array; 0 for the others.</param>
internal readonly record struct ParameterShape(MemorySpace Space, int ArrayLength);
