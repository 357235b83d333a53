using ScoreGpu.Viz.Labs.Quality;

namespace ScoreGpu.Viz.Labs.Sde.Figures;

/// <summary>Exercise 5: the quality of samples against evaluations, with the exact score and with the network.</summary>
internal static class QualityFigure
{
    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(SdeData data)
    {
        SamplerScore[] all = [.. data.Exact.Runs, .. data.Trained.Runs];
        (double First, double Last) ends = (0.85 * all.Min(run => run.Nfe), 1.2 * all.Max(run => run.Nfe));
        double energyFloor = 2 * data.Truth.Energy.NullError;
        double least = 0.15 * energyFloor;
        double top = Math.Clamp(1.5 * all.Max(run => Finite(run.Energy.Value)), 10 * least, 4);

        // exp(−8) of true points lie beyond four standard deviations.
        double outlierFloor = Math.Exp(-8) + (2 * Math.Sqrt(Math.Exp(-8) / data.Settings.QualitySamples));
        double fewest = 0.4 / data.Settings.QualitySamples;
        Figure figure = new(11, 9, rows: 2, columns: 2);
        foreach ((SolverQuality quality, int column) in new[] { (data.Exact, 0), (data.Trained, 1) })
        {
            Fill(figure[0, column], quality, run => run.Energy.Value, least, top, energyFloor)
                .Title(column == 0 ? "Exact score\nonly the steps are to blame" : "Trained network\nits own error comes on top");
            Fill(figure[1, column], quality, run => run.OutlierShare, fewest, 2, outlierFloor)
                .XLabel("network evaluations a sample");
        }

        figure[0, 0].YLabel("squared energy distance");
        figure[1, 0].YLabel("share of outliers");
        figure[0, 1].Legend(LegendPlacement.UpperRight);
        return new LabFigure(
            "quality",
            "Squared energy distance and share of outliers against evaluations, a line a solver.",
            figure);

        Panel Fill(
            Panel panel,
            SolverQuality quality,
            Func<SamplerScore, double> value,
            double lowest,
            double highest,
            double floor)
        {
            double bottom = 0.8 * lowest;
            panel.LogX().LogY().XLimits(ends.First, ends.Last).YLimits(bottom, highest)
                .Fill(
                    new[] { ends.First, ends.Last }, new[] { bottom, bottom }, new[] { floor, floor }, Ink.Slate, 0.18,
                    "true samples");
            foreach (string solver in SolverQuality.Solvers)
            {
                IReadOnlyList<SamplerScore> runs = quality.Of(solver);
                panel.Line(
                    runs.Select(run => run.Nfe).ToArray(),
                    runs.Select(run => Math.Clamp(Finite(value(run)), lowest, highest)).ToArray(),
                    color: SdeInks.Solver(solver), width: 1.6, marker: SdeInks.MarkerOf(solver), markerSize: 5,
                    dash: solver is "euler-maruyama" or "predictor-corrector" or SolverQuality.BatchCorrector
                        ? Dash.Dashed
                        : Dash.Solid,
                    label: solver == SolverQuality.BatchCorrector ? "the same, batch norms" : solver);
            }

            return panel;
        }
    }

    // What is not finite has left the panel.
    private static double Finite(double value) => double.IsFinite(value) ? value : double.MaxValue;
}
