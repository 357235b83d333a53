using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;

namespace ScoreGpu.Viz.Labs.ScoreFunctions;

/// <summary>
/// The ODE's steps with the exact score of the noised mixture in place of a network: what is wrong with its samples is
/// the fault of the start or of the steps, not of training.
/// </summary>
internal static class ExactScoreSampler
{
    /// <summary>Runs DDIM without noise and without a clip over the whole schedule, in double.</summary>
    /// <param name="mixture">The data's distribution.</param>
    /// <param name="schedule">ᾱ.</param>
    /// <param name="starts">x_T, [N, 2].</param>
    /// <param name="cancellation">Stops between two steps.</param>
    /// <returns>The samples, [N, 2].</returns>
    public static float[] Run(
        GaussianMixture mixture, DdpmSchedule schedule, float[] starts, CancellationToken cancellation)
    {
        HostRequest request = new()
        {
            Count = starts.Length / mixture.Dimension,
            Start = Array.ConvertAll(starts, value => (double)value),
            Cancellation = cancellation,
        };
        ExactNetwork network = new(mixture, new SamplerModel(schedule, Prediction.Epsilon));
        double[] samples = HostProgram.Run(
            DdimSampler.Create(schedule, clip: double.PositiveInfinity), network, request).Points;
        return Array.ConvertAll(samples, value => (float)value);
    }
}
