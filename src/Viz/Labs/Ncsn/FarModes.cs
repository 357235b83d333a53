using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Metrics;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;

namespace ScoreGpu.Viz.Labs.Ncsn;

/// <summary>Langevin chains with the exact score between two modes that stand further and further apart.</summary>
/// <param name="Pairs">One entry a distance, rising; the last is that of neighbours on the ring.</param>
/// <param name="StepSize">η in x′ = x + η·s + √(2η)·z.</param>
internal sealed record FarModes(IReadOnlyList<ModePair> Pairs, double StepSize)
{
    /// <summary>The distances, in standard deviations of a mode.</summary>
    private static readonly double[] Distances = [2, 3, 4, 5, 6, 7, 8];

    // A 20th of the variance: the chains' variance is then 2.6 % too large.
    private const double StepPart = 0.05;

    /// <summary>Runs all chains.</summary>
    public static FarModes Compute(LabContext context, NcsnSettings settings, GaussianMixture ring)
    {
        double std = Math.Sqrt(ring.Covariance(0)[0]);
        double step = StepPart * std * std;
        double[] distances = [.. Distances, ModeHops.NeighbourDistance(ring) / std];
        var pairs = new ModePair[distances.Length];
        ParallelOptions options = new() { CancellationToken = context.Cancellation };
        Parallel.For(0, pairs.Length, options, i =>
            pairs[i] = ModePair.Run(
                distances[i],
                std,
                step,
                settings.Chains,
                settings.ChainSteps,
                (LabKeys.Of(context.Seed, NcsnDraw.ChainStarts, i), LabKeys.Of(context.Seed, NcsnDraw.Chains, i)),
                context.Cancellation));
        return new FarModes(pairs, step);
    }
}

/// <summary>Chains between two modes of equal weight on the line.</summary>
/// <param name="Distance">Their distance, in standard deviations of a mode.</param>
/// <param name="Hops">How often a chain went from one centre to the other, all chains together.</param>
/// <param name="ExpectedHops">The same by the mean first-passage time.</param>
/// <param name="StepsPerHop">The steps of all chains over <paramref name="Hops"/>; infinite where there are none.</param>
/// <param name="ExpectedStepsPerHop">The mean first-passage time in steps.</param>
/// <param name="BothSides">R̂ and ESS of chains that started half in one mode and half in the other.</param>
/// <param name="OneSide">The same of as many chains that all started in the left mode.</param>
/// <param name="LeftShare">The share of the states of the latter that are on the left.</param>
/// <param name="Path">One chain's states, thinned.</param>
internal sealed record ModePair(
    double Distance,
    int Hops,
    double ExpectedHops,
    double StepsPerHop,
    double ExpectedStepsPerHop,
    ChainDiagnostics BothSides,
    ChainDiagnostics OneSide,
    double LeftShare,
    IReadOnlyList<double> Path)
{
    /// <summary>Every such state goes into R̂ and ESS.</summary>
    public const int Thinning = 10;

    /// <summary>R̂ above which chains are usually said not to agree (Vehtari et al. 2021).</summary>
    public const double RHatLimit = 1.01;

    /// <summary>Runs chains: a half starts on the left, a half on the right.</summary>
    /// <param name="distance">The distance, in standard deviations of a mode.</param>
    /// <param name="std">The standard deviation of a mode.</param>
    /// <param name="stepSize">η.</param>
    /// <param name="count">Chains of each kind of start, at least 2, an even number.</param>
    /// <param name="steps">Steps of each.</param>
    /// <param name="keys">The keys of the starts and of the noise.</param>
    /// <param name="cancellation">Stops the run.</param>
    public static ModePair Run(
        double distance,
        double std,
        double stepSize,
        int count,
        int steps,
        (ulong Starts, ulong Noise) keys,
        CancellationToken cancellation)
    {
        double half = 0.5 * distance * std;
        GaussianMixture pair = GaussianMixture.Isotropic([[-half], [half]], std);

        // The first half of the chains starts on the right, all others on the left: chains 0 … count − 1 are those of both
        // sides, and the last count those of one side.
        int all = count + (count / 2);
        double[] start = new double[all];
        float[] scatter = GaussianMixture.Isotropic([[0.0]], std).Sample(all, keys.Starts);
        for (int i = 0; i < all; i++)
        {
            start[i] = scatter[i] + (i < count / 2 ? half : -half);
        }

        double[][] chains = [.. Enumerable.Range(0, all).Select(_ => new double[steps])];
        ExactNetwork network = new(pair, new SamplerModel(new FixedNoiseProcess(0.0), Prediction.Score));
        HostProgram.Run(
            LangevinSampler.Create(steps, stepSize),
            network,
            new HostRequest { Count = all, Seed = keys.Noise, Start = start, Cancellation = cancellation },
            (row, states) =>
            {
                for (int i = 0; row >= 0 && i < all; i++)
                {
                    chains[i][row] = states.Span[i];
                }
            });
        double[][] thinned = [.. chains.Select(chain => chain.Where((_, n) => n % Thinning == 0).ToArray())];
        double[][] oneSide = thinned[(all - count)..];
        int hops = ModeHops.Count(chains, half);
        double expected = PassageTime.Between(pair, -half, half) / stepSize;
        double total = (double)all * steps;
        return new ModePair(
            distance,
            hops,
            total / expected,
            total / hops,
            expected,
            ChainDiagnostics.Of(thinned[..count]),
            ChainDiagnostics.Of(oneSide),
            oneSide.Average(chain => chain.Count(x => x < 0.0) / (double)chain.Length),
            thinned[^1]);
    }
}
