using ScoreGpu.Viz.Labs.Training;
using ScoreGpu.Viz.Pages;

namespace ScoreGpu.Viz.Labs.ScoreMatching.Text;

/// <summary>The page's fifth section: denoising score matching is noise prediction.</summary>
internal static class IdentityPart
{
    // What single precision leaves of an exact identity.
    private const double Rounding = 1e-5;

    /// <summary>Writes the section.</summary>
    public static void Write(Page page, ScoreMatchingData data, PageFigures figures)
    {
        NoiseIdentity identity = data.Identity;
        TrainedModel noise = data.Trained[ScoreMatchingRun.NoiseKey];
        FieldStudy predictor = data.Field(ScoreMatchingRun.NoiseKey);
        FieldStudy score = data.Field(ScoreMatchingRun.DenoisingKey);
        bool holds = identity.LossDifference < Rounding && identity.GradientDifference < Rounding
            && identity.OtherDifference < Rounding;
        bool isExact = identity.GradientDifference == 0 && double.IsInteger(Math.Log2(identity.Sigma));
        ScoreMatchingCommands commands = new(data);
        page.Section("noise", "Noise", "To learn the score is to learn the noise")
            .Paragraph($"""
                The target −<i>ε</i>/<i>σ</i> is the noise itself, but for a factor. A network that says <i>ε̂</i> =
                −<i>σ</i>·<i>s</i> predicts the noise, as diffusion models do:
                """)
            .Formula($"‖<i>s</i> + <i>ε</i>/<i>σ</i>‖² = ‖<i>ε̂</i> − <i>ε</i>‖² / <i>σ</i>²")
            .Prediction(
                Html.Of($"Is a network that predicts noise trained just like one that predicts the score?"),
                Html.Of($"""
                    The loss is the same function of the field, but for the factor 1/<i>σ</i>², and so is its gradient
                    ({(holds ? "measured below" : "but see below")}). The path of training is not: the last layer has
                    other weights to reach, and Adam’s steps are as long for large weights as for small ones. After
                    {Numerals.Count(data.Denoising.Losses.Count)} steps from the same first weights the two networks
                    differ by {Numerals.Percent(identity.Trained.RootMeanSquareError)}.
                    """))
            .Paragraph($"""
                Measured on one batch of 1,024 points: the trained score network, and the same network with its last
                layer times −<i>σ</i>. The targets −(<i>x̃</i> − <i>x</i>)/<i>σ</i>² and −<i>ε</i>/<i>σ</i> differ by at
                most {Numerals.Significant(identity.TargetDifference, 1)}, which is rounding. The losses are
                {Numerals.Fixed(identity.ScoreLoss, 4)} and {Numerals.Fixed(identity.NoiseLoss, 4)}; times
                1/<i>σ</i>² the second is off by {Difference(identity.LossDifference)}. The gradients of all
                {Numerals.Count(identity.ScoreGradient.Length)} weights, the second one taken through the chain rule,
                differ by {Difference(identity.GradientDifference)}
                {(isExact ? "(σ is a power of two, so that the factors round nothing)" : "")}; with
                <i>σ</i> = {Numerals.Significant(NoiseIdentity.OtherSigma, 1)} by
                {Difference(identity.OtherDifference)} in relative terms.
                """)
            .Figure(figures["identity"], Html.Of($"""
                Left: both gradients, weight by weight. Right: the noise that two trained networks find in
                the same points, one trained as a score, the other as noise.
                """), commands.NoisePrediction)
            .Finding(holds ? "One loss, two names." : "The identity is off by more than rounding.", $"""
                Trained for {Numerals.Count(noise.Losses.Count)} steps, the noise predictor’s score has an error of
                {Numerals.Percent(predictor.AtNoisy.RootMeanSquareError)} against
                ∇ log <i>p</i><sub><i>σ</i></sub>, the score network {Numerals.Percent(score.AtNoisy.RootMeanSquareError)}:
                {(predictor.AtNoisy.RootMeanSquareError < score.AtNoisy.RootMeanSquareError
                    ? "the same aim, and the noise was the better way to it"
                    : "the same aim, and the score was the better way to it")} here. At one <i>σ</i> the choice is one of
                scale; over many, as in a diffusion model, it also decides how much each level counts.
                """)
            .Commands(commands.NoisePrediction, ScoreMatchingCommands.Field("noise.safetensors", "noise.svg"));
    }

    private static string Difference(double relative) => relative == 0 ? "nothing" : Numerals.Significant(relative, 1);
}
