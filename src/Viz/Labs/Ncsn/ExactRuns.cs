using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;

namespace ScoreGpu.Viz.Labs.Ncsn;

/// <summary>
/// Langevin steps with the exact score in place of the network: what is wrong with their samples is the fault of the steps
/// and of the start, not of training.
/// </summary>
internal static class ExactRuns
{
    /// <summary>Runs a program for a mixture with the noise of each row.</summary>
    /// <returns>The samples, [N, D].</returns>
    public static float[] Sample(
        GaussianMixture data,
        StepProgram program,
        HostRequest request,
        Action<int, ReadOnlyMemory<double>>? observe = null) =>
        Array.ConvertAll(
            HostProgram.Run(program, NetworkOf(data), request, observe).Points, value => (float)value);

    /// <summary>The exact score of a mixture with noise σ, which is told σ.</summary>
    public static ExactNetwork NetworkOf(GaussianMixture data) =>
        new(data, new SamplerModel(new EdmProcess(), Prediction.Score));

    /// <summary>Points that are all at the centre of one mode, [N, D].</summary>
    public static double[] AtMode(GaussianMixture data, int mode, int count)
    {
        double[] centre = data.Mean(mode).ToArray();
        return [.. Enumerable.Range(0, count).SelectMany(_ => centre)];
    }
}
