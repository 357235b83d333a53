using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Kernels;

namespace ScoreGpu.Viz.Labs.ScoreFunctions;

/// <summary>Data noised to one step of the schedule, with the vectors to compare the implied score with.</summary>
/// <param name="Step">t.</param>
/// <param name="AlphaBar">ᾱ_t.</param>
/// <param name="States">x_t, [N, 2].</param>
/// <param name="Exact">The score of the noised mixture at x_t, in double, [N, 2].</param>
/// <param name="ToNearest">From x_t to the nearest centre of the clean data, [N, 2].</param>
/// <param name="ToShrunken">From x_t to the nearest centre of the noised data, √ᾱ_t times the clean one, [N, 2].
/// </param>
internal sealed record NoisyPoints(
    int Step, double AlphaBar, float[] States, double[] Exact, double[] ToNearest, double[] ToShrunken)
{
    /// <summary>Noises the first points of a clean set to a step, each with noise of its own.</summary>
    public static NoisyPoints Create(
        GaussianMixture mixture, DdpmSchedule schedule, float[] clean, int count, int step, ulong key)
    {
        double alpha = schedule.Alpha(step);
        double sigma = schedule.Sigma(step);
        float[] states = new float[2 * count];
        double[] wide = new double[2 * count];
        Span<double> noise = stackalloc double[2];
        for (int i = 0; i < count; i++)
        {
            NormalDraws.Fill(key, (uint)i, (uint)step, PhiloxStreams.TrainingNoise, noise);
            for (int j = 0; j < 2; j++)
            {
                int at = (2 * i) + j;
                states[at] = (float)((alpha * clean[at]) + (sigma * noise[j]));

                // The exact score is taken at the rounded point, where the network sees it.
                wide[at] = states[at];
            }
        }

        return new NoisyPoints(
            step,
            schedule.AlphaBars[step],
            states,
            mixture.Noised(alpha, sigma).Scores(wide),
            Directions.ToNearestCentre(mixture, wide),
            Directions.ToNearestCentre(mixture, wide, alpha));
    }

    /// <summary>Points of the four clusters, the same for every step.</summary>
    public static float[] CleanPoints(ulong seed, int count) =>
        NamedMixtures.FourGaussians.Sample(count, LabKeys.Of(seed, LabDraw.CleanPoints));
}
