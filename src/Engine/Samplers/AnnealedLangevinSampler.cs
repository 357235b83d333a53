using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Engine.Samplers;

/// <summary>
/// Annealed Langevin dynamics: at each level σ_i, from the largest down, some steps of x′ = x + ½α_i·s(x, σ_i) + √α_i·z
/// with α_i = ε·σ_i²/σ_L².
/// </summary>
/// <remarks>
/// The start is N(0, σ₁²·I), σ₁ the first level. The samples belong to the data with the last level's noise; a last row
/// x ← x + σ_L²·s(x, σ_L) takes it away. Song and Ermon, 2019, arXiv:1907.05600, algorithm 1; the last row:
/// Jolicoeur-Martineau et al., 2020, arXiv:2009.05475, section 3.1.
/// </remarks>
public static class AnnealedLangevinSampler
{
    /// <summary>ε where nobody says otherwise (arXiv:1907.05600, section 5).</summary>
    public const double UsualEps = 2e-5;

    /// <summary>The program of a network that predicts the score and is told σ: a row a level and step.</summary>
    /// <param name="sigmas">The levels, falling; each above 0.</param>
    /// <param name="stepsPerLevel">Steps at each level, at least 1.</param>
    /// <param name="epsBase">ε, the step size at the last level, above 0.</param>
    /// <param name="denoises">Whether a last row takes the last level's noise away.</param>
    /// <exception cref="InputException">A number is out of range.</exception>
    public static StepProgram Create(
        IReadOnlyList<double> sigmas, int stepsPerLevel, double epsBase = UsualEps, bool denoises = false) =>
        Create(new SamplerModel(new EdmProcess(), Prediction.Score), sigmas, stepsPerLevel, epsBase, denoises);

    /// <summary>The program: levels × <paramref name="stepsPerLevel"/> rows, and one more where it denoises.</summary>
    /// <param name="model">A process with α = 1 and σ = t, and what the network predicts of it.</param>
    /// <param name="sigmas">The levels, falling; each above 0.</param>
    /// <param name="stepsPerLevel">Steps at each level, at least 1.</param>
    /// <param name="epsBase">ε, the step size at the last level, above 0.</param>
    /// <param name="denoises">Whether a last row takes the last level's noise away.</param>
    /// <exception cref="InputException">A number is out of range, or the process is another.</exception>
    public static StepProgram Create(
        SamplerModel model, IReadOnlyList<double> sigmas, int stepsPerLevel, double epsBase, bool denoises)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(sigmas);
        if (model.Process is not EdmProcess)
        {
            throw InputException.For(
                "the process", model.Process.Name, "edm, for levels that are times: alpha = 1 and sigma = t");
        }

        if (sigmas.Count == 0)
        {
            throw InputException.For("the number of levels", 0, "at least 1");
        }

        SamplerChecks.RequireSteps("steps per level", stepsPerLevel);
        SamplerChecks.RequirePositive("eps", epsBase);
        var rows = new List<StepRow>();
        double last = sigmas[^1];
        double before = double.PositiveInfinity;
        foreach (double sigma in sigmas)
        {
            if (!(sigma > 0.0 && sigma < before))
            {
                throw InputException.For("sigma", sigma, $"a number above 0 and below the level before, {before}");
            }

            double ratio = sigma / last;
            var row = LangevinSampler.Row(model, sigma, epsBase * ratio * ratio, LangevinConvention.Half);
            rows.AddRange(Enumerable.Repeat(row, stepsPerLevel));
            before = sigma;
        }

        if (denoises)
        {
            rows.Add(model.DenoisingRow(last));
        }

        return new StepProgram("annealed-langevin", rows) { StartScale = sigmas[0] };
    }
}
