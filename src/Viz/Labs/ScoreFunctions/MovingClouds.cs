using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;

namespace ScoreGpu.Viz.Labs.ScoreFunctions;

/// <summary>
/// Exercise 4: particles on their way from the true x_T to the data, by the SDE and by the ODE, from the same starts.
/// </summary>
/// <param name="Sde">The states of the SDE, [frames, N, 2].</param>
/// <param name="Ode">The states of the ODE.</param>
/// <param name="SdeEnds">The centre nearest to each particle's end, as an index.</param>
/// <param name="OdeEnds">The same of the ODE.</param>
/// <param name="StepsDone">How many steps each frame comes after.</param>
/// <param name="SdeKept">The share of the SDE's particles whose end and start have the same nearest centre.</param>
/// <param name="OdeKept">The same of the ODE.</param>
internal sealed record MovingClouds(
    float[] Sde,
    float[] Ode,
    byte[] SdeEnds,
    byte[] OdeEnds,
    IReadOnlyList<int> StepsDone,
    double SdeKept,
    double OdeKept)
{
    /// <summary>Samples with both.</summary>
    /// <param name="context">The device, the seed, and what stops the run.</param>
    /// <param name="settings">How many particles, and how often to look.</param>
    /// <param name="network">The second model.</param>
    /// <param name="schedule">Its schedule.</param>
    /// <param name="starts">Points of x_T, [M, 2]; the first are taken.</param>
    public static MovingClouds Compute(
        LabContext context,
        ScoreFunctionsSettings settings,
        IDeviceNetwork network,
        DdpmSchedule schedule,
        float[] starts)
    {
        int count = Math.Min(settings.MovingParticles, starts.Length / 2);
        SampleResult sde = Run(DdpmSampler.Create(schedule));
        SampleResult ode = Run(DdimSampler.Create(schedule));
        int[] done =
            [.. Enumerable.Range(0, sde.Frames).Select(i => Math.Min(i * settings.MovingEvery, schedule.Steps))];
        byte[] before = Nearest(starts[..(2 * count)]);
        byte[] sdeEnds = Nearest(sde.Points);
        byte[] odeEnds = Nearest(ode.Points);
        return new MovingClouds(
            sde.Trajectories, ode.Trajectories, sdeEnds, odeEnds, done, Same(sdeEnds), Same(odeEnds));

        double Same(byte[] after) => before.Zip(after).Count(pair => pair.First == pair.Second) / (double)count;

        // The seed itself, so that the command line makes the same paths.
        SampleResult Run(StepProgram program) => network.Sample(program, new SampleRequest
        {
            Count = count,
            Seed = context.Seed,
            Start = starts[..(2 * count)],
            RecordEvery = settings.MovingEvery,
            Cancellation = context.Cancellation,
        });
    }

    private static byte[] Nearest(float[] points)
    {
        GaussianMixture mixture = NamedMixtures.FourGaussians;
        return
        [
            .. Enumerable.Range(0, points.Length / 2).Select(i => (byte)Enumerable.Range(0, mixture.ComponentCount)
                .MinBy(k => Math.Pow(points[2 * i] - mixture.Mean(k)[0], 2)
                    + Math.Pow(points[(2 * i) + 1] - mixture.Mean(k)[1], 2))),
        ];
    }
}
