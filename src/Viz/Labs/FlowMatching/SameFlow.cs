using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;

namespace ScoreGpu.Viz.Labs.FlowMatching;

/// <summary>
/// The straight path's ODE and VP's are one flow in two coordinates: x_t/α depends on σ/α alone, whichever process it is
/// of (Karras et al., 2022, arXiv:2206.00364, section 2).
/// </summary>
/// <param name="EndsApart">The root mean square distance between the ends of both from matching starts.</param>
/// <param name="Paths">How many paths that is over.</param>
/// <param name="StepsApart">
/// The largest difference between coordinates of the samples of DDIM on VP and of Euler's method on the straight path, on
/// grids of the same σ/α.
/// </param>
/// <param name="Steps">How many steps those took.</param>
internal sealed record SameFlow(double EndsApart, int Paths, double StepsApart, int Steps)
{
    private const int Rows = 10;

    // A step in t is long in ln(σ/α) at both ends, and both solvers must be near the flow.
    private const int MostPaths = 500;
    private const int Refinement = 4;

    /// <summary>Compares.</summary>
    /// <param name="starts">x at VP's last time, [N, 2].</param>
    /// <param name="steps">Steps of the Runge–Kutta method.</param>
    /// <param name="cancellation">Stops between two evaluations.</param>
    public static SameFlow Measure(double[] starts, int steps, CancellationToken cancellation)
    {
        VpProcess vp = new();
        FlowProcess flow = new();
        double[] some = starts[..Math.Min(starts.Length, 2 * MostPaths)];
        double[] mapped = Array.ConvertAll(some, x => x / vp.Alpha(1.0) * flow.Alpha(StraightTime(vp, 1.0)));

        double[] ofVp = MarginalPaths.Follow(FlowData.Mixture, vp, some, Refinement * steps, cancellation).Ends;
        double[] ofFlow = MarginalPaths.Follow(
            FlowData.Mixture, flow, mapped, Refinement * steps, cancellation, StraightTime(vp, 1.0)).Ends;
        double squares = 0.0;
        for (int i = 0; i < ofVp.Length; i++)
        {
            squares += (ofVp[i] - ofFlow[i]) * (ofVp[i] - ofFlow[i]);
        }

        TimeGrid grid = ExactFlow.GridToData(vp, Rows, 1.0);
        TimeGrid same = TimeGrid.Of(flow, [.. grid.Times.Select(t => StraightTime(vp, t))]);
        double[] ddim = ExactFlow.Run(
            FlowData.Mixture, vp, model => DdimSampler.Create(model, grid), some, cancellation).Points;
        double[] euler = ExactFlow.Run(
            FlowData.Mixture, flow, model => EulerSampler.Create(model, same), mapped, cancellation).Points;
        return new SameFlow(
            Math.Sqrt(squares / (ofVp.Length / 2)),
            some.Length / 2,
            ddim.Zip(euler, (a, b) => Math.Abs(a - b)).Max(),
            Rows);
    }

    /// <summary>The time of the straight path with VP's σ/α: t/(1 − t) = σ/α.</summary>
    public static double StraightTime(VpProcess vp, double time) =>
        vp.Sigma(time) / (vp.Alpha(time) + vp.Sigma(time));
}
