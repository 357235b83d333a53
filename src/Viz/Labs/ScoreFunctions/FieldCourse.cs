using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Viz.Pages.Interactive;

namespace ScoreGpu.Viz.Labs.ScoreFunctions;

/// <summary>Exercise 3: the score field of the noised data at many steps t, exact and as two models imply it.</summary>
/// <param name="Steps">The steps t.</param>
/// <param name="AlphaBars">ᾱ_t.</param>
/// <param name="Densities">The noised mixtures.</param>
/// <param name="Exact">Their scores at the nodes, one array a step, [N, 2].</param>
/// <param name="Short">What the first model implies there.</param>
/// <param name="Long">What the second implies.</param>
internal sealed record FieldCourse(
    IReadOnlyList<int> Steps,
    IReadOnlyList<double> AlphaBars,
    IReadOnlyList<GaussianMixture> Densities,
    IReadOnlyList<double[]> Exact,
    IReadOnlyList<float[]> Short,
    IReadOnlyList<float[]> Long)
{
    /// <summary>Arrows a side.</summary>
    public const int Side = 18;

    // From one shown step to the next.
    private const int Stride = 5;

    /// <summary>The plane that is shown.</summary>
    public static PlaneView View { get; } = PlaneView.Square(4.5);

    /// <summary>Evaluates the fields.</summary>
    public static FieldCourse Compute(DdpmSchedule schedule, ModelEvaluator brief, ModelEvaluator thorough)
    {
        double[] nodes = View.Nodes(Side);
        float[] rounded = Array.ConvertAll(nodes, value => (float)value);
        int last = schedule.Steps - 1;
        int[] steps = [.. Enumerable.Range(0, schedule.Steps).Where(t => t % Stride == 0 || t == last)];
        GaussianMixture[] densities =
        [
            .. steps.Select(t => NamedMixtures.FourGaussians.Noised(schedule.Alpha(t), schedule.Sigma(t))),
        ];
        return new FieldCourse(
            steps,
            [.. steps.Select(t => schedule.AlphaBars[t])],
            densities,
            [.. densities.Select(density => density.Scores(nodes))],
            [.. steps.Select(t => brief.Evaluate(ModelQuantity.Score, rounded, t))],
            [.. steps.Select(t => thorough.Evaluate(ModelQuantity.Score, rounded, t))]);
    }
}
