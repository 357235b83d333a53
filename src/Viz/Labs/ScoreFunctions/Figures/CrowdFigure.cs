using System.Globalization;

namespace ScoreGpu.Viz.Labs.ScoreFunctions.Figures;

/// <summary>Exercise 4: very many paths of the SDE and of the ODE as light.</summary>
internal static class CrowdFigure
{
    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(ScoreFunctionsData data)
    {
        string count = data.Settings.Crowd.ToString("N0", CultureInfo.InvariantCulture);
        int steps = data.Settings.DiffusionSteps;
        Figure figure = new(10, 9.6, rows: 2, columns: 2);
        Plane(figure[0, 0], data.SdeCrowd).Title($"SDE\n{count} paths in the plane").YLabel("x₂");
        Plane(figure[0, 1], data.OdeCrowd).Title($"ODE\n{count} paths in the plane");
        OverTime(figure[1, 0], data.SdeCrowd, steps).Title("SDE\nthe first coordinate, step by step").YLabel("x₁");
        OverTime(figure[1, 1], data.OdeCrowd, steps).Title("ODE\nthe first coordinate, step by step");
        return new LabFigure(
            "trajectory-density",
            "The paths of very many trajectories as a density: in the plane, and over time; the SDE's blur, the ODE's "
            + "form sharp streams.",
            figure);
    }

    private static Panel Plane(Panel panel, TrajectoryCrowd crowd) => panel
        .Square(TrajectoryCrowd.Reach)
        .NoGrid()
        .XLabel("x₁")
        .Density(crowd.Plane);

    private static Panel OverTime(Panel panel, TrajectoryCrowd crowd, int steps) => panel
        .XLimits(0, steps)
        .YLimits(-TrajectoryCrowd.Reach, TrajectoryCrowd.Reach)
        .NoGrid()
        .XLabel("steps from t = T − 1 down to 0")
        .Density(crowd.OverTime);
}
