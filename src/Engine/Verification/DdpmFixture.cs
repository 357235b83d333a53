using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Engine.Verification;

/// <summary>
/// Noise prediction over the linear schedule 1e-4 → 0.02: x_t, the prediction and its derivatives, the loss (a mean over
/// samples and dimensions) and its gradient, Adam with its defaults at 3e-4 on the same batch, DDPM, and DDIM with x̂₀
/// clipped at ±5.
/// </summary>
/// <remarks><c>sample.noise[k]</c> is z at the step t = k, so the program's rows take it from the end.</remarks>
internal static class DdpmFixture
{
    /// <summary>Verifies the layout.</summary>
    public static void Verify(
        FixtureFile file, IDevice device, IDeviceNetwork network, int steps, VerificationTable table)
    {
        var schedule = new DdpmSchedule(steps);
        int count = file.CountOf("x0");
        int dimension = file.Dimension;
        int[] times = file.Indices("t", steps, count);
        var batch = new TrainingBatch(
            file.Singles("x0", count, dimension), file.Singles("eps", count, dimension), times);
        ComparePredictions(file, network, schedule, count, times, table);

        var objective = Objectives.Epsilon(schedule, dimension);
        using var trainer = device.Train(file.Network, objective, file.NoData, new TrainingOptions());
        FixtureVerifier.CompareGradient(file, trainer, batch, "loss", "grad.", table);
        CompareTraining(file, trainer, batch, table);

        int samples = file.CountOf("sample.x_T");
        float[] start = file.Singles("sample.x_T", samples, dimension);
        float[] noise = Reverse(file.Singles("sample.noise", steps, samples, dimension), samples * dimension);
        FixtureVerifier.CompareSamples(
            file, network, DdpmSampler.Create(schedule), start, noise, "sample.ddpm", table);
        FixtureVerifier.CompareSamples(
            file, network, DdimSampler.Create(schedule), start, null, "sample.ddim_clip5", table);
    }

    private static void ComparePredictions(
        FixtureFile file, IDeviceNetwork network, DdpmSchedule schedule, int count, int[] times, VerificationTable table)
    {
        int dimension = file.Dimension;
        double[] clean = file.Doubles("x0", count, dimension);
        double[] noise = file.Doubles("eps", count, dimension);
        double[] noised = new double[clean.Length];
        for (int i = 0; i < noised.Length; i++)
        {
            int t = times[i / dimension];
            noised[i] = (schedule.Alpha(t) * clean[i]) + (schedule.Sigma(t) * noise[i]);
        }

        table.Add("x_t", noised, file.Doubles("x_t", count, dimension), Tolerances.Value);
        float[] points = file.Singles("x_t", count, dimension);
        float[] conditions = Array.ConvertAll(times, t => (float)t);
        float[] probe = file.Singles("probe", count, dimension);
        float[] values = new float[points.Length];
        network.Evaluate(points, conditions, values);
        table.Add("prediction", values, file.Doubles("prediction", count, dimension), Tolerances.Value);
        network.JacobianVector(points, conditions, probe, values);
        table.Add("jvp", values, file.Doubles("jvp", count, dimension), Tolerances.Value);
        network.VectorJacobian(points, conditions, probe, values);
        table.Add("vjp", values, file.Doubles("vjp", count, dimension), Tolerances.Value);
        float[] divergence = new float[count];
        network.Divergence(points, conditions, divergence);
        table.Add("divergence", divergence, file.Doubles("divergence", count), Tolerances.Value);
    }

    private static void CompareTraining(
        FixtureFile file, ITrainer trainer, TrainingBatch batch, VerificationTable table)
    {
        int steps = file.CountOf("adam.losses");
        double[] losses = new double[steps];
        for (int step = 0; step < steps; step++)
        {
            losses[step] = trainer.Step(batch);
        }

        table.Add("adam.losses", losses, file.Doubles("adam.losses", steps), Tolerances.Training);
        var trained = new Network(file.Network.Architecture);
        trainer.CopyTo(trained);
        FixtureVerifier.CompareParameters(
            file, trained.Values, file.Parameters("adam20."), "adam20.", Tolerances.Training, table);
    }

    private static float[] Reverse(float[] rows, int length)
    {
        float[] reversed = new float[rows.Length];
        int count = rows.Length / length;
        for (int row = 0; row < count; row++)
        {
            rows.AsSpan(row * length, length).CopyTo(reversed.AsSpan((count - 1 - row) * length));
        }

        return reversed;
    }
}
