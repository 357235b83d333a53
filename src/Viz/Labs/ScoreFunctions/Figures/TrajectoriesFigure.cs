using System.Globalization;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Viz.Labs.Figures;

namespace ScoreGpu.Viz.Labs.ScoreFunctions.Figures;

/// <summary>Exercise 4: a few paths of the SDE and of the ODE, and where two runs of each end.</summary>
internal static class TrajectoriesFigure
{
    private const double Reach = 5;

    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(TrajectoryPairs pairs)
    {
        Figure figure = new(10, 10.4, rows: 2, columns: 2);
        int count = pairs.Starts.Length / 2;
        Paths(figure[0, 0], pairs.Sde[0], count).Title("SDE paths\ndisc: start, square: end");
        Paths(figure[0, 1], pairs.Ode[0], count).Title("ODE paths\nfrom the same starts");
        string sde = pairs.SdeDistance.ToString("0.00", CultureInfo.InvariantCulture);
        string ode = pairs.OdeLargestDifference.ToString("0.######", CultureInfo.InvariantCulture);
        Ends(figure[1, 0], pairs.Sde).Title($"SDE, two runs\nmean distance of the ends {sde}");
        Ends(figure[1, 1], pairs.Ode).Title($"ODE, two runs\nlargest difference {ode}");
        return new LabFigure(
            "trajectories",
            "Paths of the SDE and the ODE from the same starts, and the ends of two runs of each.",
            figure);
    }

    private static Panel Paths(Panel panel, SampleResult run, int count) => panel
        .Square(Reach)
        .Stars(LabInks.Centres(NamedMixtures.FourGaussians), color: LabInks.Centre)
        .Trajectories(Points.Paths(run.Trajectories, count), width: 1.4, alpha: 0.85, markerSize: 6.5);

    private static Panel Ends(Panel panel, IReadOnlyList<SampleResult> runs) => panel
        .Square(Reach)
        .Stars(LabInks.Centres(NamedMixtures.FourGaussians), color: LabInks.Centre)
        .Segments(runs[0].Points, runs[1].Points, color: Ink.Muted, dash: Dash.Dashed, width: 0.9)
        .Scatter(runs[0].Points, color: LabInks.Implied, size: 9, label: "run 1")
        .Scatter(runs[1].Points, color: Ink.Cyan, size: 5.5, marker: Marker.Triangle, label: "run 2")
        .Legend(LegendPlacement.UpperLeft);
}
