using System.Globalization;

namespace ScoreGpu.Viz.Labs.Sde.Figures;

/// <summary>The three processes in the plane: the density at a few times, a row a process.</summary>
internal static class MarginalsFigure
{
    private static readonly double[] Times = [0.0, 0.15, 0.3, 0.5, 1.0];

    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(IReadOnlyList<ForwardStudy> studies)
    {
        Figure figure = new(11, 7.4, rows: studies.Count, columns: Times.Length);
        for (int row = 0; row < studies.Count; row++)
        {
            for (int column = 0; column < Times.Length; column++)
            {
                ForwardStudy study = studies[row];
                double t = Times[column];
                var density = SdeProcesses.At(SdeProcesses.Plane, study.Process, t);

                // The last panel of VE would be out of sight at the scale of the others.
                double reach = Math.Max(3.3, 2.2 * Math.Sqrt(SdeProcesses.Variance(density)));
                ScalarGrid grid = ScalarGrid.Sample(
                    (x, y) => density.Density([x, y]), -reach, reach, -reach, reach, nodes: 45);
                Panel panel = figure[row, column]
                    .Title($"t = {t.ToString("0.##", CultureInfo.InvariantCulture)}")
                    .Square(reach).NoGrid()
                    .Contours(grid, bands: 9);
                if (column == 0)
                {
                    panel.YLabel(study.Name);
                }
            }
        }

        return new LabFigure(
            "marginals",
            "The density of four clusters at five times under VP, VE and sub-VP.",
            figure);
    }
}
