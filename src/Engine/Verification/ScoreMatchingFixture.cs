using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Engine.Verification;

/// <summary>
/// Score matching without noise levels: the score and its divergence, the losses of Hyvärinen (<c>ism</c>), sliced
/// (<c>ssm</c>, probes <c>probe</c>) and denoising (<c>dsm</c>, σ = 0.5) score matching with their gradients, and
/// Langevin dynamics with η = 0.01.
/// </summary>
internal static class ScoreMatchingFixture
{
    private const double DenoisingSigma = 0.5;
    private const double StepSize = 0.01;

    /// <summary>Verifies the layout.</summary>
    public static void Verify(FixtureFile file, IDevice device, IDeviceNetwork network, VerificationTable table)
    {
        int count = file.CountOf("x");
        int dimension = file.Dimension;
        float[] points = file.Singles("x", count, dimension);
        float[] scores = new float[points.Length];
        float[] divergence = new float[count];
        network.Evaluate(points, [], scores);
        network.Divergence(points, [], divergence);
        table.Add("score", scores, file.Doubles("score", count, dimension), Tolerances.Value);
        table.Add("divergence", divergence, file.Doubles("divergence", count), Tolerances.Value);

        Compare("ism", new HyvarinenObjective(), []);
        Compare("ssm", new SlicedObjective(), file.Singles("probe", count, dimension));
        Compare("dsm", Objectives.DenoisingScore(DenoisingSigma), file.Singles("eps", count, dimension));

        int samples = file.CountOf("langevin.x0");
        int steps = file.CountOf("langevin.noise");
        FixtureVerifier.CompareSamples(
            file,
            network,
            LangevinSampler.Create(steps, StepSize),
            file.Singles("langevin.x0", samples, dimension),
            file.Singles("langevin.noise", steps, samples, dimension),
            $"langevin.x{steps}",
            table);

        void Compare(string name, Objective objective, float[] noise)
        {
            using var trainer = device.Train(file.Network, objective, file.NoData, new TrainingOptions());
            FixtureVerifier.CompareGradient(
                file, trainer, new TrainingBatch(points, noise, []), $"{name}.loss", $"{name}.grad.", table);
        }
    }
}
