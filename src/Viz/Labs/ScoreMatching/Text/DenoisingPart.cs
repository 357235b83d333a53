using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.ScoreMatching.Text;

/// <summary>The page's second section: noise that makes a target.</summary>
internal static class DenoisingPart
{
    /// <summary>Writes the section.</summary>
    public static void Write(Page page, ScoreMatchingData data)
    {
        SigmaRun usual = data.Usual;
        double sigma = data.Settings.Sigma;
        WorkedTarget example = new(sigma);
        double above = data.DenoisingExcess;
        page.Section("denoising", "Denoising", "Noise makes a target")
            .Paragraph($"""
                Vincent’s way around derivatives (2011): move each point <i>x</i> by noise to <i>x̃</i> = <i>x</i> +
                <i>σε</i>, and ask the network for the way back.
                """)
            .Formula($"E‖<i>s</i>(<i>x̃</i>) + (<i>x̃</i> − <i>x</i>)/<i>σ</i>²‖² = E‖<i>s</i>(<i>x̃</i>) + <i>ε</i>/<i>σ</i>‖²")
            .Paragraph($"""
                A point at {Numerals.Significant(WorkedTarget.Clean, 1)}, moved by
                {Numerals.Significant(WorkedTarget.Noise, 1)}·{Numerals.Significant(sigma, 1)} to
                {Numerals.Significant(example.Noisy, 2)}, has the target
                {Numerals.Significant(-example.Offset, 1)}/{Numerals.Significant(example.Variance, 2)} =
                {Numerals.Significant(-WorkedTarget.Noise, 1)}/{Numerals.Significant(sigma, 1)} =
                {Numerals.Significant(example.Target, 2)}. It is the score of one Gaussian around one point, not that of the noised data: many points may have come to the same place.
                But a regression learns the mean of its targets, and the mean over all points that may have come to
                <i>x̃</i> is the score of <i>p</i><sub><i>σ</i></sub>, the data with noise. The target is known; that score is
                what comes out.
                """)
            .Prediction(
                Html.Of($"How small can this loss get with <i>σ</i> = {Numerals.Significant(sigma, 1)}?"),
                Html.Of($"""
                    To {Numerals.Fixed(usual.Floor, 2)}, and no training lowers that: it is how far the targets scatter
                    around their mean, <i>D</i>/<i>σ</i>² − E‖∇ log <i>p</i><sub><i>σ</i></sub>‖². Saying nothing at all
                    costs <i>D</i>/<i>σ</i>² = {Numerals.Fixed(usual.ZeroLoss, 0)}. The network ends at
                    {Numerals.Fixed(data.Denoising.LastLoss, 2)}, {Numerals.Fixed(above, 2)} above.
                    """))
            .Finding(
                above < 0.2 * usual.Floor
                    ? "A loss that stays large is no sign of failure."
                    : "The network is still some way above the least loss.",
                $"""
                Of the final loss, {Numerals.Percent(data.DenoisingNoiseShare, 0)} are the targets’ own
                noise. Only what lies above it is error of the field; judge a run by the figure’s dashed line, or by the
                fields below, not by the loss itself.
                """)
            .Commands(
                new ScoreMatchingCommands(data).Denoising,
                ScoreMatchingCommands.Field("denoising.safetensors", "denoising.svg"));
    }
}
