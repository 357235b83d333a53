using System.Globalization;
using ScoreGpu.Engine.Likelihoods;

namespace ScoreGpu.Viz.Labs.Sde.Figures;

/// <summary>Exercise 4: the network's ln p, how far it is off, and how far the solvers are.</summary>
internal static class LikelihoodFigure
{
    private const double Floor = -14;
    private const double Off = 1;

    // Beyond, about one true point in ten thousand lies.
    private const double LeastTruth = -8;

    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(LikelihoodStudy study)
    {
        Figure figure = new(11, 4.2, columns: 3);
        figure[0, 0]
            .Title("ln p of the network\nby the probability flow").Square(LikelihoodStudy.Reach).NoGrid()
            .XLabel("x₁").YLabel("x₂")
            .Contours(new ScalarGrid(
                study.Map.X, study.Map.Y, Array.ConvertAll(study.Map.Values, value => Math.Max(value, Floor))), bands: 20);
        SignedField.Draw(figure[0, 1].Square(LikelihoodStudy.Reach), Difference(study), Off)
            .Title("Less the true ln p\nwhere data lie; deepest: 1 nat").XLabel("x₁");
        Panel errors = figure[0, 2]
            .Title("Exact score\nlargest error of ln p").XLabel("steps").YLabel("nats").LogX().LogY()
            .YLimits(0.01 * study.Errors.Min(error => error.Largest), 3 * study.Errors.Max(error => error.Largest));
        Add(FlowMethod.Euler, "euler", Ink.Pink);
        Add(FlowMethod.Heun, "heun", Ink.Violet);
        Add(FlowMethod.RungeKutta, "rk4", Ink.Blue);
        errors.Legend(LegendPlacement.LowerLeft);
        return new LabFigure(
            "likelihood",
            "A map of the network's log-density, its difference from the truth, and the error of three solvers.",
            figure);

        static ScalarGrid Difference(LikelihoodStudy study) => new(
            study.Map.X,
            study.Map.Y,
            study.Map.Values.Zip(study.Truth.Values, (map, truth) => truth < LeastTruth ? 0 : map - truth).ToArray());

        void Add(FlowMethod method, string name, Ink ink)
        {
            LikelihoodError[] rows = [.. study.Errors.Where(error => error.Method == method)];
            string order = study.Order(method).ToString("0.0", CultureInfo.InvariantCulture);
            errors.Line(
                rows.Select(row => (double)row.Steps).ToArray(),
                rows.Select(row => row.Largest).ToArray(),
                color: ink, width: 2, marker: Marker.Circle, label: $"{name}, order {order}");
        }
    }
}
