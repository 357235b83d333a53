using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;

namespace ScoreGpu.Viz.Labs.Ncsn;

/// <summary>Tables of Langevin steps that the catalog does not have: other step sizes a level, or half of a step.</summary>
internal static class LangevinProgram
{
    private static readonly SamplerModel Score = new(new EdmProcess(), Prediction.Score);

    /// <summary>Steps of x′ = x + ½α·s(x, σ) + √α·z at one level.</summary>
    /// <param name="sigma">σ.</param>
    /// <param name="alpha">α.</param>
    /// <param name="steps">Steps.</param>
    /// <param name="startScale">The standard deviation of the start.</param>
    public static StepProgram OneLevel(double sigma, double alpha, int steps, double startScale) =>
        LangevinSampler.Create(Score, sigma, steps, alpha, startScale, LangevinConvention.Half);

    /// <summary>The same α at every level, in place of one that falls with σ².</summary>
    /// <param name="levels">The levels, falling.</param>
    /// <param name="alpha">α.</param>
    /// <param name="steps">Steps a level.</param>
    public static StepProgram Constant(IReadOnlyList<double> levels, double alpha, int steps) => new(
        "annealed-langevin", [.. levels.SelectMany(sigma => OneLevel(sigma, alpha, steps, 1.0).Rows)])
    {
        StartScale = levels[0],
    };

    /// <summary>One level's steps with one of the two terms alone.</summary>
    /// <param name="sigma">σ.</param>
    /// <param name="alpha">α.</param>
    /// <param name="steps">Steps.</param>
    /// <param name="startScale">The standard deviation of the start.</param>
    /// <param name="hasDrift">Whether the score's term stays; else the noise does.</param>
    public static StepProgram OneTerm(double sigma, double alpha, int steps, double startScale, bool hasDrift)
    {
        StepUpdate update = StepProgram.LinearStep(
            1.0, hasDrift ? 0.5 * alpha : 0.0, hasDrift ? 0.0 : Math.Sqrt(alpha));
        return new StepProgram("langevin", [.. Enumerable.Repeat(new StepRow(sigma, update), steps)])
        {
            StartScale = startScale,
        };
    }
}
