using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Viz.Labs.FlowMatching.Figures;

/// <summary>What conversions do to errors, and what single precision leaves of a round trip.</summary>
internal static class ConversionFigure
{
    private static readonly (Prediction From, Prediction To, string Label)[] Shown =
    [
        (Prediction.Velocity, Prediction.Epsilon, "u → ε"),
        (Prediction.Velocity, Prediction.Denoised, "u → x₀"),
        (Prediction.Velocity, Prediction.Score, "u → score"),
        (Prediction.Epsilon, Prediction.Velocity, "ε → u"),
        (Prediction.Denoised, Prediction.Velocity, "x₀ → u"),
        (Prediction.Score, Prediction.Velocity, "score → u"),
    ];

    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(FlowMatchingData data)
    {
        Conversions flow = data.Conversions[0];
        Figure figure = new(10, 4.6, columns: 2);
        Panel gain = figure[0, 0]
            .Title("An error of 1 becomes\nof the straight path, for each conversion").XLabel("σ/α = t/(1 − t)")
            .YLabel("gain |b|").LogX().LogY().HorizontalLine(1, color: Ink.Muted, dash: Dash.Solid, width: 0.7);
        Panel round = figure[0, 1]
            .Title("There and back in single precision\nlargest error").XLabel("σ/α = t/(1 − t)")
            .YLabel("largest |p″ − p|").LogX().LogY().YLimits(3e-8, 0.3);
        for (int i = 0; i < Shown.Length; i++)
        {
            (Prediction from, Prediction to, string label) = Shown[i];
            IReadOnlyList<ConversionCheck> checks = flow.Of(from, to);
            double[] ratio = [.. checks.Select(check => check.Time / (1.0 - check.Time))];
            Dash dash = i < 3 ? Dash.Solid : Dash.Dashed;
            gain.Line(ratio, checks.Select(check => check.Gain).ToArray(), Ink.Cycle(i), 2, dash, label: label);
            round.Line(
                ratio, checks.Select(check => Math.Max(1e-8, check.RoundTripSingle)).ToArray(), Ink.Cycle(i), 2, dash,
                label: label);
        }

        round.Legend(LegendPlacement.UpperRight);
        return new LabFigure(
            "conversions",
            "Left: the factor by which each conversion multiplies an error, over noise levels. Right: what is lost in "
            + "single precision on the way there and back.",
            figure);
    }
}
