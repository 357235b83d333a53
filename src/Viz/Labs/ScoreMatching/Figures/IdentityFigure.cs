using System.Globalization;
using ScoreGpu.Viz.Labs.Figures;

namespace ScoreGpu.Viz.Labs.ScoreMatching.Figures;

/// <summary>Denoising and noise prediction: one gradient, and two trained networks.</summary>
internal static class IdentityFigure
{
    private const int MostWeights = 3000;

    /// <summary>Draws the figure.</summary>
    public static LabFigure Draw(NoiseIdentity identity)
    {
        Figure figure = new(10, 5.2, columns: 2);
        int stride = Math.Max(1, identity.ScoreGradient.Length / MostWeights);
        double[] score = [.. Every(identity.ScoreGradient.Select(value => (double)value), stride)];
        double[] noise = [.. Every(identity.NoiseGradient, stride)];
        double reach = 1.1 * score.Concat(noise).Max(Math.Abs);
        Diagonal(figure[0, 0], reach)
            .Title($"The same gradient\none dot a weight, one in {stride.ToString(CultureInfo.InvariantCulture)}")
            .XLabel("of ‖s + ε/σ‖²").YLabel("of ‖ε̂ − ε‖²/σ²")
            .Scatter(new Points(score, noise), color: LabInks.Implied, size: 3, alpha: 0.6);
        double far = 1.05 * identity.Scores.Concat(identity.Noises).Max(Math.Abs);
        Diagonal(figure[0, 1], far)
            .Title("Two trained networks\nthe noise that each finds, both coordinates")
            .XLabel("−σ·s of the score network").YLabel("ε̂ of the noise predictor")
            .Scatter(new Points(identity.Scores, identity.Noises), color: LabInks.Exact, size: 2.4, alpha: 0.45);
        return new LabFigure(
            "identity",
            "Two scatter plots on the diagonal: gradients of the two losses, and predictions of two trained networks.",
            figure);
    }

    private static Panel Diagonal(Panel panel, double reach) => panel
        .Square(reach)
        .Line(new[] { -reach, reach }, new[] { -reach, reach }, color: Ink.Muted, width: 0.9);

    private static IEnumerable<double> Every(IEnumerable<double> values, int stride) =>
        values.Where((_, i) => i % stride == 0);
}
