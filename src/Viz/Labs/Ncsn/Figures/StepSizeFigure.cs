using ScoreGpu.Viz.Labs.Figures;

namespace ScoreGpu.Viz.Labs.Ncsn.Figures;

/// <summary>What the step size does to the samples, and what a step of the usual size is at each level.</summary>
internal static class StepSizeFigure
{
    private const double Most = 10;

    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(StepSizeStudy study)
    {
        double[] eps = [.. study.Sizes.Select(size => size.Eps)];
        double[] sigmas = [.. study.Levels.Select(level => level.Sigma)];
        Figure figure = new(10, 8.2, rows: 2, columns: 2);
        figure[0, 0]
            .Title("Spread of the samples\nrms distance to the nearest centre, a coordinate").XLabel("ε")
            .YLabel("distance").LogX().LogY().YLimits(0.06, Most)
            .HorizontalLine(0.4, color: Ink.Muted, dash: Dash.Solid, width: 0.8)
            .VerticalLine(study.Limit, color: LabInks.Centre, label: "limit of stability")
            .Line(eps, Of(size => Shown(size.PredictedStd)), color: LabInks.Exact, width: 1.6, dash: Dash.Dashed,
                label: "one mode, by formula")
            .Line(eps, Of(size => Shown(size.Exact.RootMeanSquare)), color: LabInks.Exact, width: 2,
                marker: Marker.Square, label: "exact score")
            .Line(eps, Of(size => Shown(size.Learned.RootMeanSquare)), color: LabInks.Implied, width: 2,
                marker: Marker.Circle, label: "network")
            .Legend(LegendPlacement.LowerLeft);
        figure[0, 1]
            .Title("Outliers\nshare beyond 4 standard deviations of every mode").XLabel("ε").YLabel("share")
            .LogX().YLimits(0, 1.06)
            .VerticalLine(study.Limit, color: LabInks.Centre)
            .Line(eps, Of(size => size.Exact.OutlierShare), color: LabInks.Exact, width: 2, marker: Marker.Square,
                label: "exact score")
            .Line(eps, Of(size => size.Learned.OutlierShare), color: LabInks.Implied, width: 2,
                marker: Marker.Circle, label: "network")
            .Legend(LegendPlacement.LowerLeft);
        figure[1, 0]
            .Title("A step against the curvature\nusual ε").XLabel("σ").YLabel("step / variance").LogX().LogY()
            .Line(sigmas, Level(level => level.Alpha / (level.Sigma * level.Sigma)), color: Ink.Muted, width: 2,
                dash: Dash.Dashed, label: "α/σ²")
            .Line(sigmas, Level(level => level.AlphaOverVariance), color: LabInks.Exact, width: 2.2,
                marker: Marker.Circle, label: "α/(σ² + 0.4²)")
            .Legend(LegendPlacement.LowerRight);
        figure[1, 1]
            .Title("What a level’s steps achieve\nusual ε").XLabel("σ").YLabel("share, ratio").LogX().YLimits(0, 1.5)
            .Line(sigmas, Level(level => level.Forgotten), color: LabInks.Exact, width: 2.2, marker: Marker.Circle,
                label: "share of an offset taken away")
            .Line(sigmas, Level(level => level.SignalToNoise), color: LabInks.Density, width: 2,
                marker: Marker.Triangle, label: "signal to noise of a step")
            .Legend(LegendPlacement.UpperLeft);
        return new LabFigure(
            "step-size",
            "The samples' spread and outliers over the step size, and for the usual step size what a step is at each "
            + "level.",
            figure);

        double[] Of(Func<StepSize, double> value) => [.. study.Sizes.Select(value)];

        double[] Level(Func<LevelStep, double> value) => [.. study.Levels.Select(value)];

        // A line leaves the panel at its top where samples are lost.
        static double Shown(double value) => double.IsFinite(value) ? Math.Min(value, 10.0 * Most) : 10.0 * Most;
    }
}
