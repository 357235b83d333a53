namespace ScoreGpu.Engine.Samplers;

/// <summary>A run cut into parts that are sampled one after another, so that memory does not grow with the run.</summary>
/// <remarks>
/// Draws depend on a trajectory's index in the whole run (<see cref="SampleRequest.FirstSample"/>), so that the parts
/// are the run, to the bit, wherever it is cut.
/// </remarks>
public static class SampleBatches
{
    /// <summary>The parts, in order.</summary>
    /// <param name="whole">The run; its noise is drawn, not given.</param>
    /// <param name="size">Trajectories a part, at least 1.</param>
    /// <param name="dimension">D, where a start is given.</param>
    /// <exception cref="InputException">The size is out of range, or the noise is given.</exception>
    public static IEnumerable<SampleRequest> Split(SampleRequest whole, int size, int dimension)
    {
        ArgumentNullException.ThrowIfNull(whole);
        if (size < 1)
        {
            throw InputException.For("batch", size, "at least 1");
        }

        RequireDrawnNoise(whole);
        return Parts(whole, size, dimension);
    }

    /// <summary>One part, which reports its own share done.</summary>
    /// <param name="whole">The run; its noise is drawn, not given.</param>
    /// <param name="first">The part's first trajectory, from 0.</param>
    /// <param name="count">Trajectories in it, at least 1.</param>
    /// <param name="dimension">D, where a start is given.</param>
    /// <exception cref="InputException">The noise is given.</exception>
    public static SampleRequest Part(SampleRequest whole, int first, int count, int dimension)
    {
        ArgumentNullException.ThrowIfNull(whole);
        RequireDrawnNoise(whole);
        return whole with
        {
            Count = count,
            FirstSample = whole.FirstSample + (uint)first,
            Start = whole.Start?[(first * dimension)..((first + count) * dimension)],
        };
    }

    private static void RequireDrawnNoise(SampleRequest whole)
    {
        if (whole.Noise is not null)
        {
            throw InputException.For("noise", "given", "noise that is drawn: a run is cut by index");
        }
    }

    private static IEnumerable<SampleRequest> Parts(SampleRequest whole, int size, int dimension)
    {
        for (int first = 0; first < whole.Count;)
        {
            int count = Math.Min(size, whole.Count - first);
            yield return Part(whole, first, count, dimension) with
            {
                Progress = whole.Progress is { } progress ? new Share(progress, first, count, whole.Count) : null,
            };
            first += count;
        }
    }

    private sealed class Share(IProgress<double> whole, int first, int count, int total) : IProgress<double>
    {
        public void Report(double value) => whole.Report((first + (value * count)) / total);
    }
}
