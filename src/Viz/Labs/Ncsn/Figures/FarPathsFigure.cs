using ScoreGpu.Viz.Labs.Figures;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.Ncsn.Figures;

/// <summary>One chain at each of three distances.</summary>
internal static class FarPathsFigure
{
    private static readonly int[] Shown = [1, 3, 5];

    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(NcsnData data)
    {
        Figure figure = new(10, 5.6, rows: 3);
        figure.ShareX();
        double std = Math.Sqrt(Engine.Data.NamedMixtures.Ring8.Covariance(0)[0]);
        for (int i = 0; i < Shown.Length; i++)
        {
            ModePair pair = data.Far.Pairs[Shown[i]];
            double[] steps = [.. Enumerable.Range(0, pair.Path.Count).Select(n => (double)n * ModePair.Thinning)];
            double[] places = [.. pair.Path.Select(x => x / std)];
            double half = 0.5 * pair.Distance;
            Panel panel = figure[i, 0]
                .Title($"Distance {Numerals.Fixed(pair.Distance, 0)} standard deviations")
                .YLabel("x / std").YLimits(-half - 4, half + 4)
                .HorizontalLine(half, color: LabInks.Centre, width: 0.9)
                .HorizontalLine(-half, color: LabInks.Centre, width: 0.9)
                .Line(steps, places, color: LabInks.Implied, width: 0.8);
            if (i == Shown.Length - 1)
            {
                panel.XLabel("step");
            }
        }

        return new LabFigure(
            "far-paths",
            "Three Langevin chains over time: between near modes a chain hops often, between far ones seldom or never.",
            figure);
    }
}
