using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Viz.Labs.Quality;

namespace ScoreGpu.Viz.Labs.FlowMatching;

/// <summary>Samples of a solver with few steps.</summary>
/// <param name="Path">The process.</param>
/// <param name="Solver">euler or ddim.</param>
/// <param name="IsExact">Whether the exact velocity stood in for a network.</param>
/// <param name="Steps">Steps, of one evaluation each.</param>
/// <param name="Points">The samples, [N, 2].</param>
/// <param name="Score">How near they are to data.</param>
/// <param name="Spread">The standard deviation of their coordinates, √(variance of both/2).</param>
/// <param name="EndError">The root mean square distance to where the exact ODE leads the same starts; NaN where it was not
/// followed.</param>
internal sealed record EulerSamples(
    string Path,
    string Solver,
    bool IsExact,
    int Steps,
    float[] Points,
    SamplerScore Score,
    double Spread,
    double EndError);

/// <summary>Few steps on both paths: what is the steps' fault, and what the network's.</summary>
internal static class EulerStudy
{
    /// <summary>The exact velocities, from the same starts as the exact paths.</summary>
    public static IReadOnlyList<EulerSamples> Exact(
        FlowMatchingSettings settings,
        double[] starts,
        IReadOnlyDictionary<string, MarginalPaths> paths,
        SamplerTarget target,
        CancellationToken cancellation)
    {
        FlowProcess flow = new();
        VpProcess vp = new();
        return
        [
            .. settings.EulerSteps.Select(n => Of(flow, n, "euler", model => EulerSampler.Create(
                model, ExactFlow.EulerGrid(flow, n, ExactFlow.Latest)))),
            .. settings.EulerSteps.Select(n => Of(vp, n, "euler", model => EulerSampler.Create(
                model, ExactFlow.EulerGrid(vp, n, 1.0)))),
            .. settings.EulerSteps.Select(n => Of(vp, n, "ddim", model => DdimSampler.Create(
                model, ExactFlow.GridToData(vp, n, 1.0)))),
        ];

        EulerSamples Of(ContinuousProcess process, int steps, string solver, Func<SamplerModel, StepProgram> create)
        {
            double[] points = ExactFlow.Run(FlowData.Mixture, process, create, starts, cancellation).Points;
            double[] ends = paths[process.Name].Ends;
            double squares = points.Zip(ends, (a, b) => (a - b) * (a - b)).Sum();
            return Create(
                settings, process.Name, solver, true, steps, Array.ConvertAll(points, value => (float)value), target)
                with
            {
                EndError = Math.Sqrt(squares / (points.Length / 2)),
            };
        }
    }

    /// <summary>Euler's method in t with a trained network.</summary>
    public static IReadOnlyList<EulerSamples> Trained(
        LabContext context,
        FlowMatchingSettings settings,
        Model model,
        IDeviceNetwork network,
        float[] starts,
        SamplerTarget target)
    {
        var process = (ContinuousProcess)model.Process.Diffusion;
        return
        [
            .. settings.EulerSteps.Select(steps =>
            {
                StepProgram program = EulerSampler.Create(
                    ModelSamplers.Describe(model), ExactFlow.EulerGrid(process, steps, 1.0));
                float[] points = network.Sample(program, new SampleRequest
                {
                    Count = starts.Length / 2,
                    Start = starts,
                    Cancellation = context.Cancellation,
                }).Points;
                return Create(settings, process.Name, "euler", false, steps, points, target);
            }),
        ];
    }

    /// <summary>By how much the exact velocities' error falls from the last but one number of steps to the last.
    /// </summary>
    public static double LastGain(FlowMatchingData data, string path, string solver) =>
        data.Exact(path, solver, data.Settings.EulerSteps[^2]).EndError
        / data.Exact(path, solver, data.Settings.EulerSteps[^1]).EndError;

    private static EulerSamples Create(
        FlowMatchingSettings settings,
        string path,
        string solver,
        bool isExact,
        int steps,
        float[] points,
        SamplerTarget target) => new(
            path,
            solver,
            isExact,
            steps,
            points,
            SamplerScore.Of(solver, steps, points, target, settings.Directions),
            SpreadOf(points),
            double.NaN);

    private static double SpreadOf(float[] points)
    {
        int count = points.Length / 2;
        double[] sums = new double[2];
        double squares = 0.0;
        for (int i = 0; i < points.Length; i++)
        {
            sums[i % 2] += points[i];
            squares += (double)points[i] * points[i];
        }

        double means = ((sums[0] * sums[0]) + (sums[1] * sums[1])) / ((double)count * count);
        return Math.Sqrt(Math.Max(0.0, ((squares / count) - means) / 2.0));
    }
}
