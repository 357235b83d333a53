using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Processes;

namespace ScoreGpu.Viz.Labs.ScoreFunctions;

/// <summary>
/// The ODE's steps with the exact score of the noised mixture in place of a network: what is wrong with its samples is
/// the fault of the start or of the steps, not of training.
/// </summary>
internal static class ExactScoreSampler
{
    /// <summary>Runs DDIM without noise, x′ = √ᾱ′·x̂₀ + √(1 − ᾱ′)·ε, in double.</summary>
    /// <param name="mixture">The data's distribution.</param>
    /// <param name="schedule">ᾱ.</param>
    /// <param name="starts">x_T, [N, 2].</param>
    /// <param name="cancellation">Stops between two steps.</param>
    /// <returns>The samples, [N, 2].</returns>
    public static float[] Run(
        GaussianMixture mixture, DdpmSchedule schedule, float[] starts, CancellationToken cancellation)
    {
        double[] states = Array.ConvertAll(starts, value => (double)value);
        for (int t = schedule.Steps - 1; t >= 0; t--)
        {
            cancellation.ThrowIfCancellationRequested();
            double[] scores = mixture.Noised(schedule.Alpha(t), schedule.Sigma(t)).Scores(states);
            double nextAlpha = t == 0 ? 1.0 : schedule.Alpha(t - 1);
            double nextSigma = t == 0 ? 0.0 : schedule.Sigma(t - 1);
            for (int i = 0; i < states.Length; i++)
            {
                double epsilon = schedule.EpsilonFromScore(scores[i], t);
                double denoised = schedule.DenoisedFromEpsilon(states[i], epsilon, t);
                states[i] = (nextAlpha * denoised) + (nextSigma * epsilon);
            }
        }

        return Array.ConvertAll(states, value => (float)value);
    }
}
