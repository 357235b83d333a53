using ScoreGpu.Engine.Likelihoods;
using ScoreGpu.Viz.Labs.Figures;

namespace ScoreGpu.Viz.Labs.Ncsn.Figures;

/// <summary>How exact the probability flow's likelihood is, with the exact score and with the network.</summary>
internal static class LikelihoodFigure
{
    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(LikelihoodStudy study)
    {
        Figure figure = new(10, 4.6, columns: 2);
        figure[0, 0]
            .Title("Solvers, exact score\nrms error of ln p").XLabel("evaluations").YLabel("nats").LogX().LogY()
            .VerticalLine(20, color: Ink.Muted, width: 0.9)
            .VerticalLine(50, color: Ink.Muted, width: 0.9)
            .Line(Nfe(FlowMethod.Euler), Error(FlowMethod.Euler), color: Ink.Pink, width: 2, marker: Marker.Triangle,
                label: "Euler")
            .Line(Nfe(FlowMethod.Heun), Error(FlowMethod.Heun), color: LabInks.Density, width: 2,
                marker: Marker.Square, label: "Heun")
            .Line(Nfe(FlowMethod.RungeKutta), Error(FlowMethod.RungeKutta), color: LabInks.Exact, width: 2,
                marker: Marker.Circle, label: "RK4")
            .Legend(LegendPlacement.LowerLeft);
        int[] finite = [.. Enumerable.Range(0, study.Exact.Length).Where(i => double.IsFinite(study.Learned[i]))];
        double[] exact = [.. finite.Select(i => study.Exact[i])];
        double[] learned = [.. finite.Select(i => study.Learned[i])];
        double low = Math.Max(-14, exact.Concat(learned).DefaultIfEmpty(-2).Min() - 0.5);
        double high = exact.Concat(learned).DefaultIfEmpty(-2).Max() + 0.5;
        figure[0, 1]
            .Title("The network’s likelihoods\none dot a point").XLabel("ln p, exact").YLabel("ln p, network")
            .XLimits(low, high).YLimits(low, high).EqualAspect()
            .Line(new[] { low, high }, new[] { low, high }, color: LabInks.Exact, width: 1.4)
            .Scatter(new Points(exact, learned), color: LabInks.Implied, size: 3.5, alpha: 0.7);
        return new LabFigure(
            "likelihood",
            "Left: the error of ln p over the evaluations for three solvers. Right: the network's ln p over the exact "
            + "one.",
            figure);

        double[] Nfe(FlowMethod method) => [.. Rows(method).Select(row => row.Nfe)];

        double[] Error(FlowMethod method) => [.. Rows(method).Select(row => row.Error)];

        IEnumerable<SolverError> Rows(FlowMethod method) => study.Solvers.Where(row => row.Method == method);
    }
}
