using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Likelihoods;
using ScoreGpu.Engine.Metrics;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;

namespace ScoreGpu.Viz.Labs.Sde;

/// <summary>Exercise 4: ln p by the probability flow, against the density that is known.</summary>
/// <param name="Time">The time t₀ at which points are taken.</param>
/// <param name="Errors">
/// The largest error of fixed steps with the exact score against very many, one a method and number of steps.
/// </param>
/// <param name="ExactError">The largest difference of very many steps from the known density.</param>
/// <param name="PriorError">The largest |ln p_T − ln N(0, I)| at the ends: what the prior itself is off.</param>
/// <param name="MinusError">The mean |error| with ln p_T − ∫ in place of ln p_T + ∫, from the same run.</param>
/// <param name="TextError">That of the text’s code, which besides leaves the prior’s constant out.</param>
/// <param name="Integral">The mean of ∫∇·v dt.</param>
/// <param name="Gap">E[ln p − ln p_θ] over fresh data: the network’s KL divergence.</param>
/// <param name="Entropy">−E[ln p] over the same data.</param>
/// <param name="Nfe">Network evaluations a point.</param>
/// <param name="Elapsed">How long the device took for these points.</param>
/// <param name="Map">ln p of the network on a grid.</param>
/// <param name="Truth">The true ln p there.</param>
/// <param name="Mass">The sum of the network’s density over that grid, times a cell.</param>
/// <param name="MassOfText">The same of what the text’s code would say.</param>
internal sealed record LikelihoodStudy(
    double Time,
    IReadOnlyList<LikelihoodError> Errors,
    double ExactError,
    double PriorError,
    double MinusError,
    double TextError,
    MeanEstimate Integral,
    MeanEstimate Gap,
    MeanEstimate Entropy,
    double Nfe,
    TimeSpan Elapsed,
    ScalarGrid Map,
    ScalarGrid Truth,
    double Mass,
    double MassOfText)
{
    /// <summary>The map reaches this far from the origin.</summary>
    public const double Reach = 3.6;

    private const int MapSteps = 40;
    private const int ManySteps = 1000;
    private const int Finest = 3;

    /// <summary>ln 2π: what the text’s code leaves out in two dimensions.</summary>
    public static double Constant { get; } = Math.Log(2 * Math.PI);

    /// <summary>Steps of the methods of <see cref="Errors"/>.</summary>
    public static IReadOnlyList<int> Steps { get; } = [50, 100, 200, 400];

    /// <summary>The order of a method.</summary>
    public double Order(FlowMethod method)
    {
        LikelihoodError[] errors = [.. Errors.Where(error => error.Method == method).TakeLast(Finest)];
        return -LogSlope.Of(errors.Select(error => (double)error.Steps), errors.Select(error => error.Largest));
    }

    /// <summary>Measures everything.</summary>
    public static LikelihoodStudy Measure(LabContext context, SdeSettings settings, Model model, IDeviceNetwork network)
    {
        double time = SdeProcesses.Vp.SamplingRange.Start;
        GaussianMixture truth = SdeProcesses.At(SdeProcesses.Plane, SdeProcesses.Vp, time);
        SamplerModel exact = new(SdeProcesses.Vp, Prediction.Epsilon);
        ulong key = LabKeys.Of(context.Seed, SdeDraw.LikelihoodPoints);
        double[] points = truth.SampleDoubles(settings.ExactPoints, key);
        double[] known = truth.LogDensities(points);
        HostRequest request = new()
        {
            Count = settings.ExactPoints,
            Start = points,
            Cancellation = context.Cancellation,
        };

        LogLikelihoods best = Run(FlowMethod.RungeKutta, ManySteps);
        GaussianMixture last = SdeProcesses.At(SdeProcesses.Plane, SdeProcesses.Vp, 1);
        double[] prior = [.. best.Values.Zip(best.Changes, (value, change) => value - change)];

        // A method and number of steps each; they share nothing.
        LikelihoodError[] errors =
        [
            .. new[] { FlowMethod.Euler, FlowMethod.Heun, FlowMethod.RungeKutta }
                .SelectMany(method => Steps.Select(steps => (method, steps)))
                .AsParallel().AsOrdered()
                .Select(pair => new LikelihoodError(
                    pair.method, pair.steps, Largest(Run(pair.method, pair.steps).Values, best.Values))),
        ];
        SamplerModel described = ModelSamplers.Describe(model);
        float[] fresh = truth.Sample(settings.LikelihoodPoints, key, (uint)settings.ExactPoints);
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        LogLikelihoods ofNetwork = OnDevice(fresh, settings.LikelihoodSteps);
        TimeSpan elapsed = System.Diagnostics.Stopwatch.GetElapsedTime(start);
        double[] ofTruth = truth.LogDensities(fresh);
        (double[] nodes, float[] grid) = Nodes(settings.MapNodes);
        LogLikelihoods map = OnDevice(grid, MapSteps);
        double[] mapTruth = truth.LogDensities(grid);
        double cell = (nodes[1] - nodes[0]) * (nodes[1] - nodes[0]);
        return new LikelihoodStudy(
            time,
            errors,
            Largest(best.Values, known),
            Largest(last.LogDensities(best.Ends), prior),
            MeanError(Minus(best), known),
            MeanError(Text(best), known),
            MeanEstimate.Of(best.Changes),
            KullbackLeibler.FromLogDensities(ofTruth, ofNetwork.Values),
            MeanEstimate.Of(Array.ConvertAll(ofTruth, value => -value)),
            ofNetwork.Nfe,
            elapsed,
            new ScalarGrid(nodes, nodes, map.Values),
            new ScalarGrid(nodes, nodes, mapTruth),
            map.Values.Sum(Math.Exp) * cell,
            Text(map).Sum(Math.Exp) * cell);

        LogLikelihoods Run(FlowMethod method, int steps) => HostLikelihood.Run(
            LikelihoodProgram.Create(exact, Grid(steps), method),
            new ExactNetwork(SdeProcesses.Plane, exact),
            request);

        LogLikelihoods OnDevice(float[] at, int steps) => FlowLikelihood.Run(
            LikelihoodProgram.Create(described, Grid(steps), FlowMethod.RungeKutta),
            network,
            new TraceRequest { Points = at, Cancellation = context.Cancellation });

        double MeanError(double[] values, double[] against) =>
            values.Zip(against, (a, b) => Math.Abs(a - b)).Average();
    }

    /// <summary>Rising times, evenly spaced.</summary>
    public static TimeGrid Grid(int steps) => TimeGrid
        .Create(SdeProcesses.Vp, TimeSpacing.Uniform, steps, endsAtData: false).Reversed();

    /// <summary>The largest difference.</summary>
    private static double Largest(double[] values, double[] against) =>
        values.Zip(against, (a, b) => Math.Abs(a - b)).Max();

    // ln p_T − ∫ is ln p_T + ∫ less twice the integral.
    private static double[] Minus(LogLikelihoods values) =>
        [.. values.Values.Zip(values.Changes, (value, change) => value - (2 * change))];

    private static double[] Text(LogLikelihoods values) => Array.ConvertAll(Minus(values), value => value + Constant);

    private static (double[] Nodes, float[] Points) Nodes(int side)
    {
        double[] nodes = Column.Even(-Reach, Reach, side).Values;
        return (nodes, [.. nodes.SelectMany(y => nodes.SelectMany(x => new[] { (float)x, (float)y }))]);
    }
}

/// <summary>The largest |error| of a method with some steps, in nats.</summary>
internal sealed record LikelihoodError(FlowMethod Method, int Steps, double Largest);
