using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Likelihoods;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;
using ScoreGpu.Viz.Labs.Training;

namespace ScoreGpu.Viz.Labs.Ncsn;

/// <summary>ln p by the probability flow ODE, with the exact score and with the network.</summary>
/// <param name="Solvers">Exact score: the error of three solvers with few and many steps, the prior being the exact one.
/// </param>
/// <param name="Exact">ln p of fresh data with the last level's noise, in closed form.</param>
/// <param name="Learned">The same by the network's flow, with the exact trace.</param>
/// <param name="LearnedNfe">Evaluations of it.</param>
/// <param name="LearnedSteps">Its steps of rk4.</param>
/// <param name="ExactFlowMean">The mean by the flow of the exact score and the usual prior N(0, σ₁²·I).</param>
/// <param name="WrongSignMean">The network's mean with a minus before the integral.</param>
/// <param name="UnitPriorMean">The network's mean with N(0, I) for the prior.</param>
/// <param name="Probes">Hutchinson's estimator with few and many probes.</param>
/// <param name="Map">ln p by the network on a grid.</param>
/// <param name="ExactMap">ln p there in closed form.</param>
internal sealed record LikelihoodStudy(
    IReadOnlyList<SolverError> Solvers,
    double[] Exact,
    double[] Learned,
    double LearnedNfe,
    int LearnedSteps,
    double ExactFlowMean,
    double WrongSignMean,
    double UnitPriorMean,
    IReadOnlyList<ProbeError> Probes,
    double[] Map,
    double[] ExactMap)
{
    /// <summary>The map reaches this far.</summary>
    public const double Reach = 7;

    private const int Steps = 50;

    private static readonly int[] SolverSteps = [5, 10, 20, 50, 100];
    private static readonly int[] ProbeCounts = [1, 4, 16];

    /// <summary>The mean in closed form.</summary>
    public double ExactMean => Exact.Average();

    /// <summary>The mean by the network.</summary>
    public double LearnedMean => Learned.Average();

    /// <summary>The root mean square of the network's error over the points.</summary>
    public double LearnedError => RootMeanSquare(Learned, Exact);

    /// <summary>The standard error of the mean difference of the two.</summary>
    public double LearnedMeanError
    {
        get
        {
            double[] differences = [.. Learned.Zip(Exact, (a, b) => a - b)];
            double mean = differences.Average();
            double squares = differences.Sum(value => (value - mean) * (value - mean));
            return Math.Sqrt(squares / ((double)differences.Length * (differences.Length - 1)));
        }
    }

    /// <summary>Works everything out.</summary>
    public static LikelihoodStudy Compute(
        LabContext context, NcsnSettings settings, TrainedModel model, IDeviceNetwork network)
    {
        IReadOnlyList<double> levels = NcsnTraining.LevelsOf(model);
        GaussianMixture start = NamedMixtures.Ring8.Noised(1.0, levels[^1]);
        GaussianMixture end = NamedMixtures.Ring8.Noised(1.0, levels[0]);
        int count = settings.LikelihoodPoints;
        float[] points = start.Sample(count, LabKeys.Of(context.Seed, NcsnDraw.LikelihoodPoints));
        double[] exact = start.LogDensities(points);
        LikelihoodProgram program = Program(ModelSamplers.Describe(model.Model), FlowMethod.RungeKutta, Steps);
        LogLikelihoods learned = Learned(points, TraceEstimator.Exact);
        SolverError[] solvers =
        [
            .. from method in new[] { FlowMethod.Euler, FlowMethod.Heun, FlowMethod.RungeKutta }
               from steps in SolverSteps
               select Solve(method, steps),
        ];
        Points grid = Points.Grid(-Reach, Reach, -Reach, Reach, settings.DensityNodes, settings.DensityNodes);
        float[] nodes = [.. Enumerable.Range(0, grid.Count).SelectMany(i => new[] { (float)grid.X[i], (float)grid.Y[i] })];
        return new LikelihoodStudy(
            solvers,
            exact,
            learned.Values,
            learned.Nfe,
            Steps,
            ExactFlow(FlowMethod.RungeKutta, Steps).Mean,
            learned.Values.Zip(learned.Changes, (value, change) => value - (2.0 * change)).Average(),
            learned.Changes.Select((change, i) => change + UnitPrior(learned.Ends, i)).Average(),
            [
                .. ProbeCounts.Select(probes =>
                {
                    LogLikelihoods estimated = Learned(points, new TraceEstimator(probes));
                    return new ProbeError(probes, estimated.Mean, RootMeanSquare(estimated.Values, learned.Values));
                }),
            ],
            Learned(nodes, TraceEstimator.Exact).Values,
            start.LogDensities(nodes));

        LikelihoodProgram Program(SamplerModel of, FlowMethod method, int steps) =>
            LikelihoodProgram.Create(of, ModelLikelihood.Grid(model.Model, steps), method);

        LogLikelihoods Learned(float[] at, TraceEstimator estimator) => FlowLikelihood.Run(
            program,
            network,
            new TraceRequest
            {
                Points = at,
                Estimator = estimator,
                Seed = LabKeys.Of(context.Seed, NcsnDraw.Probes),
                Cancellation = context.Cancellation,
            });

        LogLikelihoods ExactFlow(FlowMethod method, int steps) => HostLikelihood.Run(
            Program(new SamplerModel(model.Model.Process.Diffusion, Prediction.Score), method, steps),
            ExactRuns.NetworkOf(NamedMixtures.Ring8),
            new HostRequest
            {
                Count = count,
                Start = Array.ConvertAll(points, value => (double)value),
                Cancellation = context.Cancellation,
            });

        SolverError Solve(FlowMethod method, int steps)
        {
            LogLikelihoods flow = ExactFlow(method, steps);
            double[] values = [.. flow.Changes.Zip(end.LogDensities(flow.Ends), (change, prior) => change + prior)];
            return new SolverError(method, steps, flow.Nfe, RootMeanSquare(values, exact));
        }
    }

    private static double UnitPrior(double[] ends, int point) =>
        new GaussianPrior(1.0).LogDensity(ends.AsSpan(2 * point, 2));

    private static double RootMeanSquare(double[] values, double[] truth) =>
        Math.Sqrt(values.Zip(truth, (a, b) => (a - b) * (a - b)).Average());
}

/// <summary>A solver's error with the exact score.</summary>
/// <param name="Method">The solver.</param>
/// <param name="Steps">Steps.</param>
/// <param name="Nfe">Evaluations a point.</param>
/// <param name="Error">The root mean square over the points, in nats.</param>
internal sealed record SolverError(FlowMethod Method, int Steps, double Nfe, double Error);

/// <summary>Hutchinson's estimator against the exact trace.</summary>
/// <param name="Probes">Probes a point.</param>
/// <param name="Mean">The mean ln p.</param>
/// <param name="Error">The root mean square of the difference over the points, in nats.</param>
internal sealed record ProbeError(int Probes, double Mean, double Error);
