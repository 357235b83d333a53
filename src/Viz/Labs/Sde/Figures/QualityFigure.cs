using ScoreGpu.Viz.Labs.Quality;

namespace ScoreGpu.Viz.Labs.Sde.Figures;

/// <summary>Exercise 5: the quality of samples against evaluations, with the exact score and with the network.</summary>
internal static class QualityFigure
{
    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(SdeData data)
    {
        double least = 0.3 * data.Truth.Energy.NullError;
        double[] budgets = [.. data.Exact.Runs.Concat(data.Trained.Runs).Select(run => run.Nfe)];
        (double first, double last) = (0.8 * budgets.Min(), 1.25 * budgets.Max());
        double greatest = data.Exact.Runs.Concat(data.Trained.Runs)
            .Where(run => double.IsFinite(run.Energy.Value)).Max(run => run.Energy.Value);
        double top = Math.Max(10 * least, 40 * Math.Min(2, greatest));
        Figure figure = new(11, 5.2, columns: 2);
        Fill(figure[0, 0], data.Exact).Title("Exact score\nonly the steps are to blame")
            .YLabel("squared energy distance").Legend(LegendPlacement.UpperRight);
        Fill(figure[0, 1], data.Trained).Title("Trained network\nits own error comes on top");
        return new LabFigure(
            "quality", "Squared energy distance to the data against evaluations, a line a solver.", figure);

        Panel Fill(Panel panel, SolverQuality quality)
        {
            panel.XLabel("network evaluations a sample").LogX().LogY().XLimits(first, last).YLimits(0.8 * least, top)
                .Fill(
                    new[] { first, last },
                    new[] { 0.8 * least, 0.8 * least },
                    new[] { 2 * data.Truth.Energy.NullError, 2 * data.Truth.Energy.NullError },
                    Ink.Slate, 0.18, "true samples");
            foreach (string solver in SolverQuality.Solvers)
            {
                IReadOnlyList<SamplerScore> runs = quality.Of(solver);
                panel.Line(
                    runs.Select(run => run.Nfe).ToArray(),
                    runs.Select(run => Shown(run.Energy.Value)).ToArray(),
                    color: SdeInks.Solver(solver), width: 1.6, marker: SdeInks.MarkerOf(solver), markerSize: 5,
                    dash: solver is "euler-maruyama" or "predictor-corrector" or SolverQuality.BatchCorrector
                        ? Dash.Dashed
                        : Dash.Solid,
                    label: solver == SolverQuality.BatchCorrector ? "the same, batch norms" : solver);
            }

            return panel;
        }

        // What is not finite has left the panel.
        double Shown(double value) => double.IsFinite(value) ? Math.Clamp(value, least, top) : top;
    }
}
