using ScoreGpu.Engine.Devices;
using ScoreGpu.Kernels;

namespace ScoreGpu.Engine.Samplers.Host;

/// <summary>What to sample on the host: how many, from where, with which noise.</summary>
public sealed record HostRequest
{
    /// <summary>Trajectories, N ≥ 1.</summary>
    public required int Count { get; init; }

    /// <summary>The key of every random draw.</summary>
    public ulong Seed { get; init; }

    /// <summary>The index of the first trajectory in the whole run.</summary>
    public uint FirstSample { get; init; }

    /// <summary>x_T as [N, D]; null draws it from N(0, scale²·I), the scale as the sampler says.</summary>
    public double[]? Start { get; init; }

    /// <summary>Told the share done, from 0 to 1.</summary>
    public IProgress<double>? Progress { get; init; }

    /// <summary>Stops the run soon; it then throws.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>The start that was given, copied, or the one that every device draws, [N, D].</summary>
    /// <exception cref="InputException">The count or the start's length does not fit.</exception>
    internal double[] CreateStart(int dimension, double scale)
    {
        if (Count < 1)
        {
            throw InputException.For("count", Count, "at least 1");
        }

        if (Start is not null)
        {
            BatchChecks.RequireLength("start", Start.Length, (long)Count * dimension);
            return [.. Start];
        }

        double[] start = new double[checked(Count * dimension)];
        FillNoise(0, PhiloxStreams.InitialState, dimension, start);
        for (int i = 0; i < start.Length; i++)
        {
            start[i] *= scale;
        }

        return start;
    }

    /// <summary>The normals of a row for all trajectories, [N, D]: those that every device draws.</summary>
    internal void FillNoise(int row, uint stream, int dimension, Span<double> noise)
    {
        for (int i = 0; i < Count; i++)
        {
            NormalDraws.Fill(
                Seed, FirstSample + (uint)i, (uint)row, stream, noise.Slice(i * dimension, dimension));
        }
    }

    /// <summary>A uniform number in (0, 1) for a trajectory and a row.</summary>
    internal double Uniform(int sample, int row)
    {
        (uint word, _, _, _) = Philox.Next(
            FirstSample + (uint)sample,
            (uint)row,
            PhiloxStreams.FirstUniformDraw,
            PhiloxStreams.SamplerNoise,
            (uint)Seed,
            (uint)(Seed >> 32));
        return (word + 0.5) / 4294967296.0;
    }
}

/// <summary>What a sampler on the host leaves.</summary>
/// <param name="Points">The samples, [N, D].</param>
/// <param name="MeanNfe">Network evaluations a sample, on average.</param>
public record HostResult(double[] Points, double MeanNfe);
