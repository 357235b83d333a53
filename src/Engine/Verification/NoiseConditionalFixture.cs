using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Engine.Verification;

/// <summary>
/// Noise-conditional score matching: the score at x + σ·ε and each sample's σ, the loss there (a mean over samples
/// and dimensions of ½σ²(s + ε/σ)²) with its gradient and the gradient's norm, and annealed Langevin dynamics.
/// </summary>
internal static class NoiseConditionalFixture
{
    /// <summary>Verifies the layout.</summary>
    public static void Verify(FixtureFile file, IDevice device, IDeviceNetwork network, VerificationTable table)
    {
        int count = file.CountOf("x");
        int dimension = file.Dimension;
        int levels = file.CountOf("sigmas");
        double[] sigmas = file.Doubles("sigmas", levels);
        int[] level = file.Indices("level", levels, count);
        double[] clean = file.Doubles("x", count, dimension);
        double[] noise = file.Doubles("eps", count, dimension);
        float[] noised = new float[clean.Length];
        for (int i = 0; i < noised.Length; i++)
        {
            noised[i] = (float)(clean[i] + (sigmas[level[i / dimension]] * noise[i]));
        }

        float[] scores = new float[noised.Length];
        network.Evaluate(noised, Array.ConvertAll(level, index => (float)sigmas[index]), scores);
        table.Add("score", scores, file.Doubles("score", count, dimension), Tolerances.Value);

        var objective = Objectives.NoiseConditionalScore(sigmas, dimension);
        using var trainer = device.Train(file.Network, objective, file.NoData, new TrainingOptions());
        var batch = new TrainingBatch(
            file.Singles("x", count, dimension), file.Singles("eps", count, dimension), level);
        float[] gradient = FixtureVerifier.CompareGradient(file, trainer, batch, "ncsn.loss", "grad.", table);
        double norm = Math.Sqrt(gradient.Sum(value => (double)value * value));
        table.Add("grad_norm", [norm], file.Doubles("grad_norm", 1), Tolerances.Gradient);

        int samples = file.CountOf("annealed.x0");
        int rows = file.CountOf("annealed.noise");
        if (rows % levels != 0)
        {
            throw InputException.For($"rows of 'annealed.noise' in '{file.Path}'", rows, $"a multiple of {levels} levels");
        }

        FixtureVerifier.CompareSamples(
            file,
            network,
            AnnealedLangevinSampler.Create(sigmas, rows / levels),
            file.Singles("annealed.x0", samples, dimension),
            file.Singles("annealed.noise", rows, samples, dimension),
            "annealed.x",
            table);
    }
}
