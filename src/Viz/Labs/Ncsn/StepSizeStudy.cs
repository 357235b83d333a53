using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;

namespace ScoreGpu.Viz.Labs.Ncsn;

/// <summary>Annealed Langevin dynamics with step sizes from far too small to far too large.</summary>
/// <param name="Sizes">One entry an ε, rising.</param>
/// <param name="Levels">What a step of the usual ε is at each level.</param>
/// <param name="Constant">The same α at every level: that of the last level, of one mode's width, and of the first.</param>
/// <param name="OneTerm">Steps at the last level without their noise, and without their score.</param>
/// <param name="Limit">The ε above which steps at some level overshoot further each time.</param>
internal sealed record StepSizeStudy(
    IReadOnlyList<StepSize> Sizes,
    IReadOnlyList<LevelStep> Levels,
    IReadOnlyList<TermRun> Constant,
    IReadOnlyList<TermRun> OneTerm,
    double Limit)
{
    /// <summary>The ε that are run; the usual one is among them.</summary>
    private static readonly double[] Bases =
        [2e-8, 2e-7, 1e-6, 2e-6, 5e-6, AnnealedLangevinSampler.UsualEps, 5e-5, 1e-4, 2e-4, 3e-4, 4.3e-4, 7e-4, 1e-3];

    /// <summary>Runs everything.</summary>
    public static StepSizeStudy Compute(
        LabContext context,
        NcsnSettings settings,
        GaussianMixture ring,
        IReadOnlyList<double> levels,
        IDeviceNetwork network,
        double oneLevelAlpha)
    {
        double variance = ring.Covariance(0)[0];
        double usual = AnnealedLangevinSampler.UsualEps;
        double last = levels[^1];
        int steps = settings.StepsPerLevel;
        int count = settings.StepSizeSamples;
        ulong key = LabKeys.Of(context.Seed, NcsnDraw.StepSizes);
        StepSize[] sizes =
        [
            .. Bases.Select(eps =>
            {
                StepProgram program = AnnealedLangevinSampler.Create(levels, steps, eps);
                float[] learned = network.Sample(program, new SampleRequest
                {
                    Count = count, Seed = key, Cancellation = context.Cancellation,
                }).Points;
                float[] exact = Exact(program);
                return new StepSize(
                    eps,
                    ModeSpread.Of(ring, learned),
                    ModeSpread.Of(ring, exact),
                    StepSize.StdAfter(levels, steps, eps, variance),
                    learned);
            }),
        ];
        double first = usual * Math.Pow(levels[0] / last, 2);
        return new StepSizeStudy(
            sizes,
            [.. levels.Select(sigma => LevelStep.Of(ring, sigma, usual * Math.Pow(sigma / last, 2), steps, count, key))],
            [
                .. new[] { usual, oneLevelAlpha, first }.Select(alpha =>
                    new TermRun(alpha, ModeSpread.Of(ring, Exact(LangevinProgram.Constant(levels, alpha, steps))))),
            ],
            [
                OneTerm(hasDrift: true),
                OneTerm(hasDrift: false),
            ],
            StepSize.StabilityLimit(levels, variance));

        TermRun OneTerm(bool hasDrift) => new(oneLevelAlpha, ModeSpread.Of(ring, Exact(
            LangevinProgram.OneTerm(last, oneLevelAlpha, levels.Count * steps, 1.0, hasDrift))));

        float[] Exact(StepProgram program) => ExactRuns.Sample(ring, program, new HostRequest
        {
            Count = count,
            Seed = key,
            Cancellation = context.Cancellation,
        });
    }

    /// <summary>The run of the usual ε.</summary>
    public StepSize Usual => Sizes.First(size => size.Eps.Equals(AnnealedLangevinSampler.UsualEps));

    /// <summary>A hundredth of the usual ε.</summary>
    public StepSize TooSmall => Sizes[1];

    /// <summary>The first larger ε with which the network loses half of the samples; the largest where none does.</summary>
    public StepSize TooLarge =>
        Sizes.FirstOrDefault(size => size.Eps > Usual.Eps && size.Learned.OutlierShare >= 0.5) ?? Sizes[^1];

    /// <summary>The largest ε with which less than one in a hundred of the network's samples are outliers, and the largest
    /// with the exact score.</summary>
    public (double Learned, double Exact) LargestGood => (
        Sizes.Where(size => size.Learned.OutlierShare < 0.01).Select(size => size.Eps).DefaultIfEmpty(double.NaN).Max(),
        Sizes.Where(size => size.Exact.OutlierShare < 0.01).Select(size => size.Eps).DefaultIfEmpty(double.NaN).Max());
}

/// <summary>The samples of one ε.</summary>
/// <param name="Eps">ε; at a level α = ε·σ²/σ_L².</param>
/// <param name="Learned">With the network.</param>
/// <param name="Exact">With the exact score.</param>
/// <param name="PredictedStd">The standard deviation within a mode by <see cref="StdAfter"/>; infinite where it grows.
/// </param>
/// <param name="Points">The network's samples, [N, 2].</param>
internal sealed record StepSize(
    double Eps, ModeSpread Learned, ModeSpread Exact, double PredictedStd, float[] Points)
{
    /// <summary>
    /// The standard deviation that the steps leave in one Gaussian mode of variance v: at a level with V = v + σ² a step
    /// turns the variance u into (1 − α/(2V))²·u + α. Starts from V of the first level.
    /// </summary>
    /// <param name="levels">σ_i, falling.</param>
    /// <param name="steps">Steps a level.</param>
    /// <param name="eps">ε.</param>
    /// <param name="variance">v.</param>
    public static double StdAfter(IReadOnlyList<double> levels, int steps, double eps, double variance)
    {
        double u = variance + (levels[0] * levels[0]);
        foreach (double sigma in levels)
        {
            double alpha = eps * Math.Pow(sigma / levels[^1], 2);
            double factor = 1.0 - (0.5 * alpha / (variance + (sigma * sigma)));
            for (int step = 0; step < steps; step++)
            {
                u = (factor * factor * u) + alpha;
            }
        }

        return Math.Sqrt(u);
    }

    /// <summary>The least ε for which 1 − α/(2V) is below −1 at some level: the state then overshoots ever further.
    /// </summary>
    /// <param name="levels">σ_i, falling.</param>
    /// <param name="variance">v.</param>
    public static double StabilityLimit(IReadOnlyList<double> levels, double variance) =>
        levels.Min(sigma => 4.0 * (variance + (sigma * sigma)) * Math.Pow(levels[^1] / sigma, 2));
}

/// <summary>A run that shows what a term or a step size does.</summary>
/// <param name="Alpha">α.</param>
/// <param name="Spread">Where the samples ended.</param>
internal sealed record TermRun(double Alpha, ModeSpread Spread);

/// <summary>What a step of annealed Langevin dynamics is at one level.</summary>
/// <param name="Sigma">σ.</param>
/// <param name="Alpha">α.</param>
/// <param name="AlphaOverVariance">α/(v + σ²), with v the variance of a mode: the step against the curvature.</param>
/// <param name="Forgotten">1 − |1 − α/(2V)|^K: the share of an offset within a mode that the level's K steps take away.
/// </param>
/// <param name="SignalToNoise">‖½α·s‖/‖√α·z‖ as root mean squares over points of p_σ.</param>
internal sealed record LevelStep(
    double Sigma, double Alpha, double AlphaOverVariance, double Forgotten, double SignalToNoise)
{
    /// <summary>Measures a level.</summary>
    public static LevelStep Of(
        GaussianMixture ring, double sigma, double alpha, int steps, int count, ulong seed)
    {
        double variance = ring.Covariance(0)[0] + (sigma * sigma);
        GaussianMixture noised = ring.Noised(1.0, sigma);
        double[] scores = noised.Scores(noised.SampleDoubles(count, seed));
        double size = Math.Sqrt(scores.Sum(score => score * score) / scores.Length);
        return new LevelStep(
            sigma,
            alpha,
            alpha / variance,
            1.0 - Math.Pow(Math.Abs(1.0 - (0.5 * alpha / variance)), steps),
            0.5 * Math.Sqrt(alpha) * size);
    }
}
