using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;

namespace ScoreGpu.Viz.Labs.FlowMatching;

/// <summary>The exact ODE of a process for the data at another size.</summary>
/// <param name="Path">The process.</param>
/// <param name="Deviation">The standard deviation of a coordinate of the data; that of the noise is 1.</param>
/// <param name="Shape">The shape of the paths.</param>
/// <param name="EndError">
/// What Euler's method with <see cref="Steps"/> even steps is off at the end, the root mean square distance over
/// <see cref="Deviation"/>.
/// </param>
internal sealed record ScaleStudy(string Path, double Deviation, PathShape Shape, double EndError)
{
    /// <summary>Euler steps.</summary>
    public const int Steps = 10;

    private const int MostPaths = 500;

    /// <summary>The deviations that are tried besides the data's own.</summary>
    public static IReadOnlyList<double> Deviations { get; } = [0.5, 1.0, 2.0, FlowData.Deviation, 8.0];

    /// <summary>Measures both processes at every size.</summary>
    /// <param name="starts">x at the first time, [N, 2].</param>
    /// <param name="steps">Steps of the Runge–Kutta method.</param>
    /// <param name="cancellation">Stops between two evaluations.</param>
    public static IReadOnlyList<ScaleStudy> Measure(double[] starts, int steps, CancellationToken cancellation)
    {
        double[] some = starts[..Math.Min(starts.Length, 2 * MostPaths)];
        return
        [
            .. new ContinuousProcess[] { new FlowProcess(), new VpProcess() }
                .SelectMany(process => Deviations.Select(deviation => At(process, deviation))),
        ];

        ScaleStudy At(ContinuousProcess process, double deviation)
        {
            GaussianMixture data = FlowData.Scaled(deviation);
            MarginalPaths paths = MarginalPaths.Follow(data, process, some, steps, cancellation);
            double[] points = ExactFlow.Run(
                data,
                process,
                model => EulerSampler.Create(
                    model, ExactFlow.EulerGrid(process, Steps, ExactFlow.StartOf(process))),
                some,
                cancellation).Points;
            double squares = points.Zip(paths.Ends, (a, b) => (a - b) * (a - b)).Sum();
            return new ScaleStudy(
                process.Name, deviation, paths.Shape, Math.Sqrt(squares / (points.Length / 2)) / deviation);
        }
    }
}
