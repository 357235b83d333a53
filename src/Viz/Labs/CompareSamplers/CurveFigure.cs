using ScoreGpu.Viz.Labs.Quality;

namespace ScoreGpu.Viz.Labs.CompareSamplers;

/// <summary>Quality against evaluations, a line a sampler: the trained network beside the exact score.</summary>
internal static class CurveFigure
{
    private static readonly Marker[] Markers =
        [Marker.Circle, Marker.Square, Marker.Triangle, Marker.Diamond, Marker.Cross];

    // Beside Langevin dynamics, one solver of each kind.
    private static readonly string[] OfLevels =
        ["annealed-langevin", "dpm-solver++2m", "edm", "euler-maruyama", "predictor-corrector", "langevin", "mala"];

    /// <summary>A figure a process, and one of the Langevin samplers.</summary>
    public static IReadOnlyList<LabFigure> All(CompareSamplersData data) =>
    [
        Draw(data, "vp", "VP, noise prediction", [ComparedModel.Vp]),
        Draw(data, "flow", "Flow matching, velocity", [ComparedModel.Flow]),
        Draw(data, "langevin", "Noise levels: NCSN and one level", [ComparedModel.Ncsn, ComparedModel.Dsm]),
    ];

    private static LabFigure Draw(CompareSamplersData data, string name, string title, string[] objectives)
    {
        SamplerCurves[] shown = [.. data.Curves.Where(curves => objectives.Contains(curves.Objective))];
        bool isLangevin = objectives.Length > 1;
        string[] samplers =
        [
            .. shown.SelectMany(curves => curves.Scores).Select(score => score.Sampler).Distinct()
                .Where(sampler => !isLangevin || OfLevels.Contains(sampler)),
        ];
        double last = isLangevin ? 2000 : 260;

        // One ordinate for both panels; what scatters around 0 is drawn where nobody can tell it from true samples.
        double least = 0.3 * data.NullError;
        double greatest = shown.SelectMany(curves => curves.Scores)
            .Where(score => double.IsFinite(score.Energy.Value)).Max(score => score.Energy.Value);
        double top = Math.Min(20, Math.Max(10 * least, 1.5 * greatest));
        Figure figure = new(12, 5.2, columns: 2);
        figure.Title($"{title}\nsquared energy distance to the data against network evaluations");
        foreach (bool isExact in (bool[])[false, true])
        {
            Panel panel = figure[0, isExact ? 1 : 0]
                .Title(isExact ? "Exact score" : "Trained network")
                .XLabel("network evaluations a sample")
                .LogX().LogY().XLimits(3, last).YLimits(0.8 * least, top);
            panel.Fill(new[] { 3, last }, new[] { 0.8 * least, 0.8 * least },
                new[] { 2 * data.NullError, 2 * data.NullError }, Ink.Slate, 0.18, "true samples");
            for (int i = 0; i < samplers.Length; i++)
            {
                foreach (SamplerCurves curves in shown.Where(curves => curves.IsExact == isExact))
                {
                    SamplerScore[] scores =
                    [
                        .. curves.Scores.Where(score => score.Sampler == samplers[i]).OrderBy(score => score.Nfe),
                    ];
                    if (scores.Length > 0)
                    {
                        panel.Line(
                            Array.ConvertAll(scores, score => score.Nfe),
                            Array.ConvertAll(scores, score => Clamped(score.Energy.Value, least, top)),
                            Ink.Cycle(i), 1.5, i < 8 ? Dash.Solid : Dash.Dashed, 0.95,
                            Markers[i % Markers.Length], 4.5,
                            isLangevin ? $"{samplers[i]}, {curves.Objective}" : samplers[i]);
                    }
                }
            }

            if (isExact)
            {
                panel.Legend(LegendPlacement.UpperRight);
            }
            else
            {
                panel.YLabel("squared energy distance");
            }
        }

        return new LabFigure(name, $"{title}: quality against evaluations, a line a sampler.", figure);
    }

    // What is not finite has left the panel.
    private static double Clamped(double value, double least, double top) =>
        double.IsFinite(value) ? Math.Clamp(value, least, top) : top;
}
