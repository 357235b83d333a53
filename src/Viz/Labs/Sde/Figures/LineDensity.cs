using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Viz.Labs.Sde.Figures;

/// <summary>The density of the line's data over time, as an image whose every column has the same peak.</summary>
internal static class LineDensity
{
    private const int Columns = 160;
    private const int Rows = 150;

    /// <summary>p_t(x) over its peak at t, for t from 0 to 1.</summary>
    /// <param name="process">The process.</param>
    /// <param name="reach">x goes from −reach to reach.</param>
    public static DensityGrid Of(DiffusionProcess process, double reach)
    {
        DensityGrid grid = new(0, 1, -reach, reach, Columns, Rows);
        double[] x = [.. Enumerable.Range(0, Rows).Select(row => (((2.0 * row) + 1) / Rows * reach) - reach)];
        for (int column = 0; column < Columns; column++)
        {
            double t = (column + 0.5) / Columns;
            GaussianMixture density = SdeProcesses.At(SdeProcesses.Line, process, t);
            double[] logs = density.LogDensities(x);
            double peak = logs.Max();
            for (int row = 0; row < Rows; row++)
            {
                grid.AddPoint(t, x[row], Math.Exp(logs[row] - peak));
            }
        }

        return grid;
    }
}
