namespace ScoreGpu.Viz.Labs.Ncsn.Figures;

/// <summary>ln p over the plane: exact, and by the network's flow.</summary>
internal static class DensityMapFigure
{
    private const double Depth = 12;

    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(NcsnData data)
    {
        Figure figure = new(10, 5, columns: 2);
        double peak = data.Likelihood.ExactMap.Max();
        Fill(figure[0, 0], data, data.Likelihood.ExactMap, peak).Title("Exact\nln p, down to 12 nats below the peak")
            .YLabel("x₂");
        Fill(figure[0, 1], data, data.Likelihood.Map, peak).Title("Network\nby the probability flow").ColorBar("ln p");
        return new LabFigure(
            "density-map", "Maps of ln p: in closed form, and by the probability flow of the network.", figure);
    }

    private static Panel Fill(Panel panel, NcsnData data, double[] values, double peak)
    {
        Column nodes = Column.Even(-LikelihoodStudy.Reach, LikelihoodStudy.Reach, data.Settings.DensityNodes);
        ScalarGrid grid = new(nodes, nodes, values.Select(Shown).ToArray());
        return panel
            .Square(LikelihoodStudy.Reach)
            .NoGrid()
            .XLabel("x₁")
            .Contours(grid, [.. Enumerable.Range(0, 25).Select(i => peak - Depth + (i * (Depth + 0.5) / 24))]);

        double Shown(double value) => double.IsNaN(value) ? peak - Depth : Math.Clamp(value, peak - Depth, peak);
    }
}
