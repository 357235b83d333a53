using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;
using ScoreGpu.Viz.Labs.Training;

namespace ScoreGpu.Viz.Labs.Ncsn;

/// <summary>Annealed Langevin dynamics against Langevin dynamics at one level, with the same number of evaluations.
/// </summary>
/// <param name="Runs">Of the ring of equal weights.</param>
/// <param name="Uneven">Of a ring whose modes weigh 3 to 1 in turns, with the exact score.</param>
/// <param name="Data">Fresh points of the ring, which the runs are compared with.</param>
/// <param name="LastSigma">The last level.</param>
/// <param name="SmallAlpha">The usual step size at the last level.</param>
/// <param name="OneLevelAlpha">The step size of the runs at one level: as large for their curvature as the annealed ones
/// have at the first level.</param>
/// <param name="MergedLevel">The last level at which neighbouring modes are one; where <c>single_merged_level</c> walks.
/// </param>
/// <param name="Decided">For each level, the share of annealed samples that are nearest to their final mode when the level
/// ends.</param>
/// <param name="HopSteps">For each level, the steps that a hop between neighbouring modes takes on average.</param>
internal sealed record AnnealingStudy(
    IReadOnlyList<LangevinRun> Runs,
    IReadOnlyList<LangevinRun> Uneven,
    PointSet Data,
    double LastSigma,
    double SmallAlpha,
    double OneLevelAlpha,
    int MergedLevel,
    IReadOnlyList<double> Decided,
    IReadOnlyList<double> HopSteps)
{
    private const string Wide = "N(0, σ₁²·I)";

    /// <summary>A run by its key.</summary>
    public LangevinRun this[string key] => Runs.Concat(Uneven).First(run => run.Key == key);

    /// <summary>
    /// The largest difference between coordinates of annealed samples from N(0, σ₁²·I) and from one mode, with the exact
    /// score and the same noise.
    /// </summary>
    public double StartDifference => this["annealed_exact"].Points
        .Zip(this["annealed_from_one_mode"].Points, (a, b) => Math.Abs((double)a - b)).Max();

    /// <summary>
    /// The standard deviation that steps at the last level leave within a mode, √(V/(1 − α/(4V))): larger than √V by their
    /// bias.
    /// </summary>
    public double BiasedStd
    {
        get
        {
            double alphaOverVariance = SmallAlpha / (LastSigma * LastSigma);
            return Math.Sqrt(OneLevelAlpha / alphaOverVariance / (1.0 - (0.25 * alphaOverVariance)));
        }
    }

    /// <summary>The ring with weights 3 : 1 in turns.</summary>
    public static GaussianMixture UnevenRing { get; } = Weighted(NamedMixtures.Ring8, k => k % 2 == 0 ? 3.0 : 1.0);

    /// <summary>Samples everything.</summary>
    public static AnnealingStudy Compute(
        LabContext context,
        NcsnSettings settings,
        TrainedModel model,
        IDeviceNetwork network,
        IProgress<double> progress)
    {
        IReadOnlyList<double> levels = NcsnTraining.LevelsOf(model);
        GaussianMixture ring = NamedMixtures.Ring8;
        double variance = ring.Covariance(0)[0];
        double alpha = AnnealedLangevinSampler.UsualEps;
        double last = levels[^1];
        double oneLevel = alpha / (last * last) * (variance + (last * last));
        int steps = levels.Count * settings.StepsPerLevel;
        StepProgram annealed = AnnealedLangevinSampler.Create(levels, settings.StepsPerLevel, alpha);
        StepProgram single = LangevinProgram.OneLevel(last, oneLevel, steps, levels[0]);
        StepProgram still = LangevinProgram.OneLevel(last, alpha, steps, levels[0]);
        int middle = MergingLevel(levels);
        StepProgram blurred = LangevinProgram.OneLevel(
            levels[middle], alpha * Math.Pow(levels[middle] / last, 2), steps, levels[0]);
        PointSet data = Fresh(ring, NcsnDraw.Reference);
        int done = 0;

        SampleResult recorded = Learned(annealed, settings.StepsPerLevel);
        StepProgram edm = ModelSamplers.Create(model.Model, "edm");
        LangevinRun[] runs =
        [
            Of("annealed_learned", "annealed", "network", Wide, annealed, recorded.Points),
            Of("annealed_exact", "annealed", "exact", Wide, annealed, Exact(ring, annealed, NcsnDraw.Langevin)),
            Of("single_learned", "σ = 0.01 alone", "network", Wide, single, Learned(single, 0).Points),
            Of("single_exact", "σ = 0.01 alone", "exact", Wide, single, Exact(ring, single, NcsnDraw.Langevin)),
            Of("single_from_one_mode", "σ = 0.01 alone", "exact", "one mode", single,
                Exact(ring, single, NcsnDraw.Langevin, fromOneMode: true)),
            Of("annealed_from_one_mode", "annealed", "exact", "one mode", annealed,
                Exact(ring, annealed, NcsnDraw.Langevin, fromOneMode: true)),
            Of("single_small_step", "σ = 0.01 alone, α = ε", "exact", Wide, still,
                Exact(ring, still, NcsnDraw.Langevin)),
            Of("single_merged_level", $"σ = {levels[middle]:0.00} alone", "network", Wide, blurred,
                Learned(blurred, 0).Points),
            Of("edm", "EDM’s Heun, 18 steps", "network", Wide, edm, Learned(edm, 0).Points),
        ];
        PointSet unevenData = Fresh(UnevenRing, NcsnDraw.UnevenReference);
        LangevinRun[] uneven =
        [
            Of("uneven_annealed", "annealed", "exact", Wide, annealed,
                Exact(UnevenRing, annealed, NcsnDraw.Uneven), UnevenRing, unevenData),
            Of("uneven_single", "σ = 0.01 alone", "exact", Wide, single,
                Exact(UnevenRing, single, NcsnDraw.Uneven), UnevenRing, unevenData),
        ];
        return new AnnealingStudy(
            runs,
            uneven,
            data,
            last,
            alpha,
            oneLevel,
            middle,
            DecidedShares(recorded, ring, levels.Count, settings.Samples),
            [.. levels.Select(sigma => ModeHops.StepsBetweenNeighbours(ring, sigma, alpha * Math.Pow(sigma / last, 2)))]);

        PointSet Fresh(GaussianMixture of, NcsnDraw draw) => new(
            of.Sample(settings.Samples, LabKeys.Of(context.Seed, draw), DataSource.FirstReferencePoint),
            settings.Samples,
            2);

        SampleResult Learned(StepProgram program, int every) => network.Sample(program, new SampleRequest
        {
            Count = settings.Samples,
            Seed = LabKeys.Of(context.Seed, NcsnDraw.Langevin),
            RecordEvery = every,
            Cancellation = context.Cancellation,
        });

        float[] Exact(GaussianMixture of, StepProgram program, NcsnDraw draw, bool fromOneMode = false) =>
            ExactRuns.Sample(of, program, new HostRequest
            {
                Count = settings.Samples,
                Seed = LabKeys.Of(context.Seed, draw),
                Start = fromOneMode ? ExactRuns.AtMode(of, 0, settings.Samples) : null,
                Cancellation = context.Cancellation,
            });

        LangevinRun Of(
            string key,
            string sampler,
            string score,
            string start,
            StepProgram program,
            float[] points,
            GaussianMixture? target = null,
            PointSet? reference = null)
        {
            progress.Report(++done / 11.0);
            return LangevinRun.Of(
                key, sampler, score, start, program.Nfe, points, target ?? ring, reference ?? data, context.Seed);
        }
    }

    // The last level at which neighbouring modes are still one: halfway between them p is at least that at a centre.
    private static int MergingLevel(IReadOnlyList<double> levels)
    {
        GaussianMixture ring = NamedMixtures.Ring8;
        int merged = 0;
        for (int i = 0; i < levels.Count; i++)
        {
            double half = 0.5 * ModeHops.NeighbourDistance(ring);
            if (half * half <= (levels[i] * levels[i]) + ring.Covariance(0)[0])
            {
                merged = i;
            }
        }

        return merged;
    }

    private static double[] DecidedShares(SampleResult run, GaussianMixture ring, int levels, int count)
    {
        int[] final = Nearest(run, ring, run.Frames - 1, count);
        double[] shares = new double[levels];
        for (int level = 0; level < levels; level++)
        {
            int[] here = Nearest(run, ring, level + 1, count);
            shares[level] = here.Zip(final).Count(pair => pair.First == pair.Second) / (double)count;
        }

        return shares;
    }

    private static int[] Nearest(SampleResult run, GaussianMixture ring, int frame, int count)
    {
        int[] modes = new int[count];
        for (int i = 0; i < count; i++)
        {
            int at = 2 * ((frame * count) + i);
            modes[i] = ring.NearestMode([run.Trajectories[at], run.Trajectories[at + 1]]);
        }

        return modes;
    }

    private static GaussianMixture Weighted(GaussianMixture ring, Func<int, double> weight)
    {
        double variance = ring.Covariance(0)[0];
        int[] modes = [.. Enumerable.Range(0, ring.ComponentCount)];
        return new GaussianMixture(
            [.. modes.Select(weight)],
            [.. modes.Select(k => ring.Mean(k).ToArray())],
            [.. modes.Select(_ => new[,] { { variance, 0.0 }, { 0.0, variance } })]);
    }
}
