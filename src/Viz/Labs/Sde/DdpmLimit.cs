using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;

namespace ScoreGpu.Viz.Labs.Sde;

/// <summary>Exercise 3: the chain of T steps β_i = β(t)/T beside the VP process that it approaches.</summary>
/// <param name="Rows">One a T, rising.</param>
internal sealed record DdpmLimit(IReadOnlyList<DdpmLimitRow> Rows)
{
    /// <summary>The power of T with which an error falls.</summary>
    public double Slope(Func<DdpmLimitRow, double> error) =>
        LogSlope.Of(Rows.Select(row => (double)row.Steps), Rows.Select(error));

    /// <summary>Compares for every T, with the exact score.</summary>
    public static DdpmLimit Measure(SdeSettings settings, ulong seed, CancellationToken cancellation)
    {
        HostRequest request = new()
        {
            Count = settings.LimitChains,
            Seed = LabKeys.Of(seed, SdeDraw.LimitChains),
            Cancellation = cancellation,
        };
        SamplerModel continuous = new(SdeProcesses.Vp, Prediction.Epsilon);
        TimeGrid ends = TimeGrid.Of(SdeProcesses.Vp, [1.0, 1e-4]);
        AdaptiveOptions tight = new() { RelativeTolerance = 1e-8, AbsoluteTolerance = 1e-8 };
        double[] flow = AdaptiveFlowSampler.Run(
            continuous, ends, new ExactNetwork(SdeProcesses.Plane, continuous), request, tight).Points;
        return new DdpmLimit([.. settings.LimitSteps.Select(steps => Row(steps, request, flow))]);
    }

    /// <summary>The schedule whose steps are those of VP: β from β_min/T to β_max/T (arXiv:2011.13456, appendix C).
    /// </summary>
    public static DdpmSchedule Schedule(int steps) =>
        new(steps, SdeProcesses.Vp.BetaMin / steps, SdeProcesses.Vp.BetaMax / steps);

    private static DdpmLimitRow Row(int steps, HostRequest request, double[] flow)
    {
        GaussianMixture data = SdeProcesses.Plane;
        DdpmSchedule schedule = Schedule(steps);
        SamplerModel discrete = new(schedule, Prediction.Epsilon);
        SamplerModel continuous = new(SdeProcesses.Vp, Prediction.Epsilon);
        ExactNetwork ofChain = new(data, discrete);

        // Step i of the chain ends at t = (i + 1)/T, and both draw the same noise in the same row.
        double[] times = [.. Enumerable.Range(0, steps).Select(i => (double)(steps - i) / steps)];
        StepProgram maruyama = EulerMaruyamaSampler.Create(continuous, TimeGrid.Of(SdeProcesses.Vp, times));
        double[] sde = HostProgram.Run(maruyama, new ExactNetwork(data, continuous), request).Points;
        double[] ddpm = HostProgram.Run(DdpmSampler.Create(schedule), ofChain, request).Points;
        double[] ddim = HostProgram.Run(
            DdimSampler.Create(schedule, clip: double.PositiveInfinity), ofChain, request).Points;
        double largest = Enumerable.Range(0, steps)
            .Max(i => Math.Abs(schedule.AlphaBars[i] - AlphaBar((i + 1.0) / steps)));
        double beta = schedule.Betas[^1];
        return new DdpmLimitRow(
            steps,
            largest,
            Math.Abs(Math.Sqrt(1 - beta) - (1 - (0.5 * beta))),
            Median(ddpm, sde),
            Median(ddim, flow));
    }

    private static double AlphaBar(double t) => SdeProcesses.Vp.Alpha(t) * SdeProcesses.Vp.Alpha(t);

    // Not the mean: a chain that ends in another cluster, as a few near a watershed do, would outweigh all others.
    private static double Median(double[] first, double[] second)
    {
        double[] distances =
        [
            .. Enumerable.Range(0, first.Length / 2)
                .Select(i => Math.Sqrt(
                    Math.Pow(first[2 * i] - second[2 * i], 2) + Math.Pow(first[(2 * i) + 1] - second[(2 * i) + 1], 2)))
                .Order(),
        ];
        return 0.5 * (distances[(distances.Length - 1) / 2] + distances[distances.Length / 2]);
    }
}

/// <summary>How far the chain of T steps is from VP.</summary>
/// <param name="Steps">T.</param>
/// <param name="AlphaBarError">max |ᾱ_i − exp(−B(t_i))| over the steps.</param>
/// <param name="StepError">|√(1 − β) − (1 − β/2)| of the last step, which Euler's method replaces.</param>
/// <param name="ChainToSde">
/// The median distance between the ends of DDPM's chains and of Euler–Maruyama paths with the same noise.
/// </param>
/// <param name="DdimToFlow">The same between DDIM and the probability flow.</param>
internal sealed record DdpmLimitRow(
    int Steps, double AlphaBarError, double StepError, double ChainToSde, double DdimToFlow);
