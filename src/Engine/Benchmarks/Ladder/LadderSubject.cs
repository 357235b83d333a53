using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;
using ScoreGpu.Engine.Verification.Reference;
using ScoreGpu.Kernels;

namespace ScoreGpu.Engine.Benchmarks.Ladder;

/// <summary>What every rung of the ladder computes: one network's outputs at one level, or a whole deterministic sampler.
/// </summary>
/// <remarks>
/// The network is that of the score-functions lab, untrained: its weights do not change what a rung costs. It has three
/// hidden layers and a learned embedding of 100 steps; DDIM goes through all of them, with x̂₀ clipped at ±5.
/// </remarks>
internal sealed class LadderSubject
{
    private readonly Dictionary<int, double[]> _outputs = [];
    private readonly Dictionary<int, double[]> _samples = [];

    /// <summary>A network and its program.</summary>
    /// <param name="seed">The key of the weights and the starts.</param>
    /// <param name="width">H.</param>
    /// <param name="steps">S, steps of the schedule and of the sampler.</param>
    public LadderSubject(ulong seed, int width = BenchmarkShape.UsualWidth, int steps = UsualSteps)
    {
        Seed = seed;
        Network = BenchmarkNetwork.Create(width, new LearnedEmbedding(steps, width), seed);
        Program = DdimSampler.Create(new DdpmSchedule(steps));
        Level = steps / 2;
    }

    /// <summary>S where nobody says otherwise.</summary>
    public const int UsualSteps = 100;

    /// <summary>The key of the weights and the starts.</summary>
    public ulong Seed { get; }

    /// <summary>The network.</summary>
    public Network Network { get; }

    /// <summary>The sampler.</summary>
    public StepProgram Program { get; }

    /// <summary>The level that outputs are taken at.</summary>
    public float Level { get; }

    /// <summary>H.</summary>
    public int Width => Network.Architecture.Hidden;

    /// <summary>The points, or starts, of a batch: standard normals, [N, D].</summary>
    public float[] Points(int count)
    {
        float[] points = new float[count * BenchmarkNetwork.Dimension];
        Span<double> z = stackalloc double[BenchmarkNetwork.Dimension];
        for (int n = 0; n < count; n++)
        {
            NormalDraws.Fill(Seed, (uint)n, 0, PhiloxStreams.InitialState, z);
            for (int d = 0; d < z.Length; d++)
            {
                points[(n * z.Length) + d] = (float)z[d];
            }
        }

        return points;
    }

    /// <summary>The outputs at <see cref="Points"/> in float64.</summary>
    public double[] ReferenceOutputs(int count)
    {
        if (!_outputs.TryGetValue(count, out double[]? outputs))
        {
            var network = new PlainNetwork(new ReferenceNetwork(Network));
            outputs = new double[count * BenchmarkNetwork.Dimension];
            network.Evaluate(Array.ConvertAll(Points(count), x => (double)x), [Level], outputs);
            _outputs.Add(count, outputs);
        }

        return outputs;
    }

    /// <summary>The samples from <see cref="Points"/> in float64.</summary>
    public double[] ReferenceSamples(int count)
    {
        if (!_samples.TryGetValue(count, out double[]? samples))
        {
            samples = HostProgram.Run(Program, new PlainNetwork(new ReferenceNetwork(Network)), new HostRequest
            {
                Count = count,
                Start = Array.ConvertAll(Points(count), x => (double)x),
            }).Points;
            _samples.Add(count, samples);
        }

        return samples;
    }
}
