namespace ScoreGpu.Engine.Benchmarks;

/// <summary>Which operations are measured at which sizes, how often, and how long at most.</summary>
internal sealed record BenchmarkPlan
{
    /// <summary>The operations.</summary>
    public required IReadOnlyList<BenchmarkOperation> Operations { get; init; }

    /// <summary>Batches at the usual width, rising. A curve ends before a run would take longer than
    /// <see cref="MostSeconds"/>.</summary>
    public required IReadOnlyList<int> Batches { get; init; }

    /// <summary>Widths at the usual batch, besides the usual one.</summary>
    public required IReadOnlyList<int> Widths { get; init; }

    /// <summary>The operations that have a curve over the width.</summary>
    public required Func<BenchmarkOperation, bool> HasWidths { get; init; }

    /// <summary>Times that every operation's turn comes.</summary>
    public required int Rounds { get; init; }

    /// <summary>Short runs are repeated until a turn takes about this long.</summary>
    public required double LeastSeconds { get; init; }

    /// <summary>Longer runs are left out.</summary>
    public required double MostSeconds { get; init; }

    /// <summary>Everything; most of the time is for the largest batches.</summary>
    public static BenchmarkPlan Full { get; } = new()
    {
        Operations = BenchmarkCatalog.All,
        Batches = [64, 256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576],
        Widths = [32, 64, 256, 512],
        HasWidths = _ => true,
        Rounds = 5,
        LeastSeconds = 0.02,
        MostSeconds = 30,
    };

    /// <summary>The outline: under a minute on two cores.</summary>
    public static BenchmarkPlan Quick { get; } = new()
    {
        Operations = BenchmarkCatalog.Quick,
        Batches = [64, 1024, 16_384, 262_144],
        Widths = [32, 512],
        HasWidths = operation => operation.Name is "forward" or "train-epsilon",
        Rounds = 5,
        LeastSeconds = 0.005,
        MostSeconds = 0.25,
    };

    /// <summary>The sizes at which an operation is measured, the curve over the batch first, each rising.</summary>
    public IEnumerable<BenchmarkShape> ShapesOf(BenchmarkOperation operation)
    {
        int width = operation.HasWidth ? BenchmarkShape.UsualWidth : 0;
        IEnumerable<BenchmarkShape> shapes = Batches.Select(batch => new BenchmarkShape(batch, width));
        return operation.HasWidth && HasWidths(operation)
            ? shapes.Concat(Widths.Order().Select(other => new BenchmarkShape(BenchmarkShape.UsualBatch, other)))
            : shapes;
    }
}
