using System.Globalization;

namespace ScoreGpu.Viz.Labs.Sde.Figures;

/// <summary>Exercise 5: the solvers' distance from the exact ends against evaluations.</summary>
internal static class OrdersFigure
{
    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(SolverOrders orders)
    {
        Figure figure = new(8.4, 5);
        Panel panel = figure[0, 0]
            .Title("Solvers of the probability flow, exact score\nroot mean square distance from the exact ends")
            .XLabel("network evaluations").YLabel("distance").LogX().LogY();
        foreach (SolverCurve curve in orders.Curves)
        {
            string order = curve.Order.ToString("0.0", CultureInfo.InvariantCulture).Replace('-', '−');
            panel.Line(
                curve.Errors.Select(error => (double)error.Nfe).ToArray(),
                curve.Errors.Select(error => error.Rms).ToArray(),
                color: SdeInks.Solver(curve.Name), width: 2, marker: SdeInks.MarkerOf(curve.Name), markerSize: 6,
                label: $"{curve.Name}, order {order}");
        }

        panel.Legend(LegendPlacement.LowerLeft);
        return new LabFigure(
            "orders", "Error against evaluations for five solvers on logarithmic axes; the slopes are their orders.", figure);
    }
}
