using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Engine.Training;

/// <summary>The denoising objectives, each a table of noise levels.</summary>
public static class Objectives
{
    /// <summary>
    /// Noise prediction over every step of a schedule: the mean over samples and dimensions of (f(x_t, t) − ε)²
    /// (Ho, Jain and Abbeel 2020, arXiv:2006.11239, equation 14).
    /// </summary>
    public static DenoisingObjective Epsilon(DdpmSchedule schedule, int dimension)
    {
        var levels = new NoiseLevel[schedule.Steps];
        for (int t = 0; t < levels.Length; t++)
        {
            levels[t] = new NoiseLevel(t, schedule.Alpha(t), schedule.Sigma(t), 0, 1, 1.0 / dimension);
        }

        return new DenoisingObjective("epsilon", levels);
    }

    /// <summary>
    /// Denoising score matching at one σ: the mean over samples of ‖s(x + σε) + ε/σ‖² (Vincent 2011, equation 9).
    /// </summary>
    public static DenoisingObjective DenoisingScore(double sigma) =>
        new("dsm", [new NoiseLevel(0, 1, sigma, 0, -1 / sigma, 1)]);

    /// <summary>
    /// Noise-conditional score matching over several σ with weight λ(σ) = σ²: the mean over samples and dimensions of
    /// ½σ²(s(x + σε, σ) + ε/σ)² (Song and Ermon 2019, arXiv:1907.05600, equations 5 and 6).
    /// </summary>
    public static DenoisingObjective NoiseConditionalScore(IReadOnlyList<double> sigmas, int dimension) =>
        new(
            "ncsn",
            [.. sigmas.Select(sigma => new NoiseLevel(sigma, 1, sigma, 0, -1 / sigma, 0.5 * sigma * sigma / dimension))]);
}
