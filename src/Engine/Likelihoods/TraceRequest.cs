namespace ScoreGpu.Engine.Likelihoods;

/// <summary>The points to follow, and how the trace along their ways is worked out.</summary>
public sealed record TraceRequest
{
    /// <summary>The points, [N, D], N ≥ 1.</summary>
    public required float[] Points { get; init; }

    /// <summary>Exactly, or with which probes.</summary>
    public TraceEstimator Estimator { get; init; } = TraceEstimator.Exact;

    /// <summary>The key of the probes.</summary>
    public ulong Seed { get; init; }

    /// <summary>The index of the first point in the whole run: one cut into batches draws the same probes.</summary>
    public uint FirstSample { get; init; }

    /// <summary>Told the share done, from 0 to 1, on any thread.</summary>
    public IProgress<double>? Progress { get; init; }

    /// <summary>Stops the run soon; it then throws.</summary>
    public CancellationToken Cancellation { get; init; }
}

/// <summary>Where the points ended, and the traces that were summed on the way.</summary>
/// <param name="Points">[N, D].</param>
/// <param name="Traces">Σ w·tr J, [N]; with K probes Σ w·vᵀJv for each, [N, K].</param>
public sealed record TraceResult(float[] Points, double[] Traces);
