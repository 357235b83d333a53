using ScoreGpu.Engine.Benchmarks.Operations;

namespace ScoreGpu.Engine.Benchmarks;

/// <summary>All operations that are measured.</summary>
internal static class BenchmarkCatalog
{
    /// <summary>Every one.</summary>
    public static IReadOnlyList<BenchmarkOperation> All { get; } =
        [.. Before(), .. SamplerOperation.All, .. HostSamplerOperation.All, .. After()];

    /// <summary>All but the samplers that the host drives, and those whose rows others have too.</summary>
    public static IReadOnlyList<BenchmarkOperation> Quick { get; } =
        [.. Before(), .. SamplerOperation.OneOfEachRow(), .. After()];

    private static IEnumerable<BenchmarkOperation> Before() =>
    [
        NetworkOperation.Forward,
        NetworkOperation.VectorJacobian,
        NetworkOperation.JacobianVector,
        NetworkOperation.Divergence,
        TrainingOperation.Gradient,
        .. TrainingOperation.Steps,
    ];

    private static IEnumerable<BenchmarkOperation> After() =>
    [
        LikelihoodOperation.Exact,
        LikelihoodOperation.Hutchinson,
        MixtureOperation.Field,
        DrawingOperation.Trajectories,
        NormalsOperation.Vectors,
    ];
}
