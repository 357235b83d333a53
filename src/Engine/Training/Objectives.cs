using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Engine.Training;

/// <summary>The denoising objectives, each a table of noise levels.</summary>
public static class Objectives
{
    /// <summary>
    /// Any regression over times of a process: the mean over times, samples and dimensions of
    /// w(t)·(f(x_t, t) − c₀(t)·x₀ − c₁(t)·ε)².
    /// </summary>
    /// <param name="name">What files and the command line call it.</param>
    /// <param name="process">α and σ.</param>
    /// <param name="times">The times, each as often as it counts.</param>
    /// <param name="form">What the network predicts at a time.</param>
    /// <param name="weight">How much a time counts.</param>
    /// <param name="condition">What the network is told of a time.</param>
    /// <param name="dimension">D.</param>
    /// <exception cref="InputException">A coefficient is not a finite number, or the weight does not go with the process.
    /// </exception>
    public static DenoisingObjective Regression(
        string name,
        DiffusionProcess process,
        IReadOnlyList<double> times,
        Func<double, PredictionForm> form,
        LossWeight weight,
        Func<double, double> condition,
        int dimension)
    {
        return new DenoisingObjective(name, [.. times.Select(Level)]);

        NoiseLevel Level(double t)
        {
            var (clean, noise) = form(t);
            double w = LossWeights.At(weight, process, new PredictionForm(clean, noise), t) / dimension;
            TrainingOptions.Require(
                double.IsFinite(clean) && double.IsFinite(noise) && double.IsFinite(w) && w > 0,
                "time",
                t,
                $"a time of the process {process.Name} at which target and weight are finite");
            return new NoiseLevel(condition(t), process.Alpha(t), process.Sigma(t), clean, noise, w);
        }
    }

    /// <summary>
    /// Noise prediction over every step of a schedule: the mean over samples and dimensions of (f(x_t, t) − ε)²
    /// (Ho, Jain and Abbeel 2020, arXiv:2006.11239, equation 14).
    /// </summary>
    public static DenoisingObjective Epsilon(DdpmSchedule schedule, int dimension) => Regression(
        "epsilon",
        schedule,
        [.. Enumerable.Range(0, schedule.Steps).Select(step => (double)step)],
        t => schedule.FormOf(Prediction.Epsilon, t),
        LossWeight.Prediction,
        t => t,
        dimension);

    /// <summary>
    /// Denoising score matching at one σ: the mean over samples of ‖s(x + σε) + ε/σ‖² (Vincent 2011, section 4.2).
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

    /// <summary>
    /// Explicit score matching: the mean over samples of ‖s(x) − ∇ log p(x)‖² (Hyvärinen 2005, JMLR 6, equation 2), where the
    /// score is known; a batch brings it in the place of ε, see <see cref="ExactScoreBatches"/>.
    /// </summary>
    /// <remarks>What is regressed on has no noise, so that it shows what a network can reach at best.</remarks>
    public static DenoisingObjective ExplicitScore { get; } =
        new("esm", [new NoiseLevel(0, 1, 0, 0, 1, 1)]) { HasGivenTargets = true };
}
