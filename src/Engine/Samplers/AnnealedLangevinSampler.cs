namespace ScoreGpu.Engine.Samplers;

/// <summary>
/// Annealed Langevin dynamics: at each level σ_i, from the largest down, some steps of x′ = x + ½α_i·s(x, σ_i) + √α_i·z
/// with α_i = ε·σ_i²/σ_L².
/// </summary>
/// <remarks>
/// The network predicts the score and is told σ. The start is N(0, σ₁²·I), σ₁ the first level. Song and Ermon, 2019,
/// arXiv:1907.05600, algorithm 1.
/// </remarks>
public static class AnnealedLangevinSampler
{
    /// <summary>The program: levels × <paramref name="stepsPerLevel"/> rows.</summary>
    /// <param name="sigmas">The levels, falling; each above 0.</param>
    /// <param name="stepsPerLevel">Steps at each level, at least 1.</param>
    /// <param name="epsBase">ε, the step size at the last level, above 0.</param>
    /// <exception cref="InputException">A number is out of range.</exception>
    public static StepProgram Create(IReadOnlyList<double> sigmas, int stepsPerLevel, double epsBase = 2e-5)
    {
        ArgumentNullException.ThrowIfNull(sigmas);
        if (sigmas.Count == 0)
        {
            throw InputException.For("the number of levels", 0, "at least 1");
        }

        if (stepsPerLevel < 1)
        {
            throw InputException.For("steps per level", stepsPerLevel, "at least 1");
        }

        if (!(epsBase > 0.0 && double.IsFinite(epsBase)))
        {
            throw InputException.For("eps", epsBase, "a finite number above 0");
        }

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
            double step = epsBase * ratio * ratio;
            var row = new StepRow(sigma, StepProgram.LinearStep(1.0, 0.5 * step, Math.Sqrt(step)));
            rows.AddRange(Enumerable.Repeat(row, stepsPerLevel));
            before = sigma;
        }

        return new StepProgram("annealed-langevin", rows) { StartScale = sigmas[0] };
    }
}
