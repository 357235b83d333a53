using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Likelihoods;
using ScoreGpu.Engine.Metrics;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Viz.Labs.Sde;

/// <summary>Exercise 4: Hutchinson's estimator of the trace against the trace itself.</summary>
/// <param name="Rows">One a kind of probe and their number, with the network.</param>
/// <param name="Steps">Steps of Heun's method along each point's way.</param>
/// <param name="Straight">
/// Both kinds with the exact score of the data as they are, whose Jacobian is diagonal.
/// </param>
/// <param name="Turned">The same with the data turned by 30°.</param>
/// <param name="Kept">With the exact score and probes that a point keeps.</param>
/// <param name="Fresh">With new probes in every evaluation.</param>
internal sealed record TraceStudy(
    IReadOnlyList<TraceRow> Rows,
    int Steps,
    IReadOnlyList<TraceRow> Straight,
    IReadOnlyList<TraceRow> Turned,
    ProbeUse Kept,
    ProbeUse Fresh)
{
    /// <summary>The tolerance of the adaptive runs of <see cref="Kept"/> and <see cref="Fresh"/>.</summary>
    public const double Tolerance = 1e-3;

    private const int HeunSteps = 50;
    private const int AdaptivePoints = 16;
    private const int TurnedPoints = 48;
    private const int TurnedProbes = 16;
    private const double Turn = Math.PI / 6;

    private static readonly ProbeKind[] Kinds = [ProbeKind.Gaussian, ProbeKind.Rademacher];

    /// <summary>The rows of a kind, the probes rising.</summary>
    public IReadOnlyList<TraceRow> Of(ProbeKind kind) => [.. Rows.Where(row => row.Kind == kind)];

    /// <summary>The power of K with which the error falls; −½ for a mean.</summary>
    public double Slope(ProbeKind kind) =>
        LogSlope.Of(Of(kind).Select(row => (double)row.Probes), Of(kind).Select(row => row.Rms));

    /// <summary>How many times larger the error of Gaussian probes is, over all numbers of them.</summary>
    public double GaussianOverRademacher => Math.Exp(Of(ProbeKind.Gaussian)
        .Zip(Of(ProbeKind.Rademacher), (g, r) => Math.Log(g.Rms / r.Rms)).Average());

    /// <summary>Measures everything.</summary>
    public static TraceStudy Measure(LabContext context, SdeSettings settings, Model model, IDeviceNetwork network)
    {
        double time = SdeProcesses.Vp.SamplingRange.Start;
        GaussianMixture truth = SdeProcesses.At(SdeProcesses.Plane, SdeProcesses.Vp, time);
        ulong points = LabKeys.Of(context.Seed, SdeDraw.TracePoints);
        ulong probes = LabKeys.Of(context.Seed, SdeDraw.Probes);
        float[] starts = truth.Sample(settings.TracePoints, points);
        LikelihoodProgram program = LikelihoodProgram.Create(
            ModelSamplers.Describe(model), LikelihoodStudy.Grid(HeunSteps), FlowMethod.Heun);
        double[] exact = OnDevice(TraceEstimator.Exact).Values;
        TraceRow[] rows =
        [
            .. Kinds
                .SelectMany(kind => settings.Probes.Select(count => new TraceEstimator(count, kind)))
                .Select(estimator => TraceRow.Of(estimator, OnDevice(estimator), exact)),
        ];
        return new TraceStudy(
            rows,
            HeunSteps,
            WithExactScore(SdeProcesses.Plane, points, probes),
            WithExactScore(TurnedData(SdeProcesses.Plane), points, probes),
            ProbeUse.Measure(truth.SampleDoubles(AdaptivePoints, points), probes, false, context.Cancellation),
            ProbeUse.Measure(truth.SampleDoubles(AdaptivePoints, points), probes, true, context.Cancellation));

        TraceRow[] WithExactScore(GaussianMixture data, ulong key, ulong seed)
        {
            SamplerModel exactly = new(SdeProcesses.Vp, Prediction.Epsilon);
            LikelihoodProgram way =
                LikelihoodProgram.Create(exactly, LikelihoodStudy.Grid(HeunSteps), FlowMethod.Heun);
            HostRequest request = new()
            {
                Count = TurnedPoints,
                Start = SdeProcesses.At(data, SdeProcesses.Vp, time).SampleDoubles(TurnedPoints, key),
                Seed = seed,
                Cancellation = context.Cancellation,
            };
            double[] known = HostLikelihood.Run(way, new ExactNetwork(data, exactly), request).Values;
            return
            [
                .. Kinds.Select(kind => new TraceEstimator(TurnedProbes, kind))
                    .Select(estimator => TraceRow.Of(
                        estimator,
                        HostLikelihood.Run(way, new ExactNetwork(data, exactly), request, estimator),
                        known)),
            ];
        }

        LogLikelihoods OnDevice(TraceEstimator estimator) => FlowLikelihood.Run(program, network, new TraceRequest
        {
            Points = starts,
            Estimator = estimator,
            Seed = probes,
            Cancellation = context.Cancellation,
        });
    }

    private static GaussianMixture TurnedData(GaussianMixture data)
    {
        (double sin, double cos) = Math.SinCos(Turn);
        double[][] centres =
        [
            .. Enumerable.Range(0, data.ComponentCount).Select(k => new[]
            {
                (cos * data.Mean(k)[0]) - (sin * data.Mean(k)[1]),
                (sin * data.Mean(k)[0]) + (cos * data.Mean(k)[1]),
            }),
        ];
        return GaussianMixture.Isotropic(centres, Math.Sqrt(data.Covariance(0)[0]));
    }
}

/// <summary>What an estimate with some probes is off.</summary>
/// <param name="Kind">The probes.</param>
/// <param name="Probes">K.</param>
/// <param name="Bias">The mean error of ln p over the points.</param>
/// <param name="StandardErrorOfBias">Its standard error.</param>
/// <param name="Rms">The root mean square error.</param>
/// <param name="Stated">The root mean square of the standard errors that the estimates state themselves.</param>
internal sealed record TraceRow(
    ProbeKind Kind, int Probes, double Bias, double StandardErrorOfBias, double Rms, double Stated)
{
    /// <summary>Compares estimates with the truth.</summary>
    public static TraceRow Of(TraceEstimator estimator, LogLikelihoods estimates, double[] exact)
    {
        double[] errors = [.. estimates.Values.Zip(exact, (a, b) => a - b)];
        MeanEstimate mean = MeanEstimate.Of(errors);
        return new TraceRow(
            estimator.Kind,
            estimator.Probes,
            mean.Value,
            mean.StandardError,
            Math.Sqrt(errors.Average(error => error * error)),
            estimates.StandardErrors is { } own ? Math.Sqrt(own.Average(error => error * error)) : double.NaN);
    }
}

/// <summary>One Gaussian probe a point with the exact score: kept along its way, or drawn anew.</summary>
/// <param name="Evaluations">Network evaluations a point of the adaptive solver.</param>
/// <param name="FixedRms">The root mean square error of ln p with fixed steps.</param>
internal sealed record ProbeUse(double Evaluations, double FixedRms)
{
    private const int FixedSteps = 100;

    /// <summary>Runs both solvers.</summary>
    public static ProbeUse Measure(double[] points, ulong seed, bool isFresh, CancellationToken cancellation)
    {
        SamplerModel model = new(SdeProcesses.Vp, Prediction.Epsilon);
        TraceEstimator one = new(1, ProbeKind.Gaussian);
        HostRequest request = new()
        {
            Count = points.Length / 2,
            Start = points,
            Seed = seed,
            Cancellation = cancellation,
        };
        LikelihoodProgram program =
            LikelihoodProgram.Create(model, LikelihoodStudy.Grid(FixedSteps), FlowMethod.RungeKutta);
        double[] exact = HostLikelihood.Run(program, Network(), request).Values;
        double[] estimate = HostLikelihood.Run(program, Network(), request, one).Values;
        AdaptiveOptions options = new()
        {
            RelativeTolerance = TraceStudy.Tolerance,
            AbsoluteTolerance = TraceStudy.Tolerance,
            MostSteps = 1_000_000,
        };
        LogLikelihoods adaptive = HostLikelihood.RunAdaptive(
            model, LikelihoodStudy.Grid(1), Network(), request, one, options);
        return new ProbeUse(
            adaptive.Nfe,
            Math.Sqrt(estimate.Zip(exact, (a, b) => (a - b) * (a - b)).Average()));

        ITraceNetwork Network()
        {
            ExactNetwork network = new(SdeProcesses.Plane, model);
            return isFresh ? new FreshProbes(network, seed) : network;
        }
    }
}
