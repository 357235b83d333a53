namespace ScoreGpu.Engine.Samplers;

/// <summary>What to sample: how many, from where, with which noise, and what to keep.</summary>
public sealed record SampleRequest
{
    /// <summary>Trajectories, N ≥ 1.</summary>
    public required int Count { get; init; }

    /// <summary>The key of every random draw.</summary>
    public ulong Seed { get; init; }

    /// <summary>
    /// The index of the first trajectory in the whole run: a run cut into batches draws the same numbers.
    /// </summary>
    public uint FirstSample { get; init; }

    /// <summary>x_T as [N, D]; null draws it from N(0, scale²·I), the scale as the program says.</summary>
    public float[]? Start { get; init; }

    /// <summary>z for every row as [rows, N, D]; null draws it. For comparisons with another program's noise.</summary>
    public float[]? Noise { get; init; }

    /// <summary>Keeps the state after every k-th row (and the last); 0 keeps none.</summary>
    public int RecordEvery { get; init; }

    /// <summary>Told the share done, from 0 to 1, on any thread.</summary>
    public IProgress<double>? Progress { get; init; }

    /// <summary>Stops the run soon; it then throws.</summary>
    public CancellationToken Cancellation { get; init; }
}

/// <summary>The samples, and the trajectories where they were asked for.</summary>
/// <param name="Points">[N, D].</param>
/// <param name="Trajectories">[Frames, N, D], the start first; empty where not asked for.</param>
/// <param name="Frames">States kept a trajectory.</param>
public sealed record SampleResult(float[] Points, float[] Trajectories, int Frames)
{
    /// <summary>Frames that a program of <paramref name="rows"/> rows leaves: the start, every k-th row, the end.</summary>
    public static int FramesFor(int rows, int every) => every == 0 ? 0 : 1 + ((rows + every - 1) / every);
}
