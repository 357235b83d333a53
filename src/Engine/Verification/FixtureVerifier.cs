using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Engine.Verification;

/// <summary>Recomputes everything that a reference fixture holds and compares.</summary>
/// <remarks>
/// A fixture is a safetensors file with a network under <c>model.*</c>, inputs, and results that another program
/// computed in float64. There are three layouts, told apart by how the network is conditioned: on a step (DDPM), on σ
/// (noise-conditional score matching), or not at all (Hyvärinen's, sliced and denoising score matching). Errors are
/// max |a − b| / max |b| a tensor.
/// </remarks>
public static class FixtureVerifier
{
    /// <summary>Verifies a device with a fixture.</summary>
    /// <param name="path">The fixture.</param>
    /// <param name="device">The device.</param>
    /// <returns>One row a quantity.</returns>
    /// <exception cref="InputException">The file is not a fixture, or lacks a tensor.</exception>
    public static IReadOnlyList<VerificationRow> Verify(string path, IDevice device)
    {
        ArgumentNullException.ThrowIfNull(device);
        var file = new FixtureFile(path);
        var table = new VerificationTable();
        using var network = device.Load(file.Network);
        switch (file.Network.Architecture.Conditioning)
        {
            case LearnedEmbedding learned:
                DdpmFixture.Verify(file, device, network, learned.Steps, table);
                break;
            case LogSigmaEmbedding:
                NoiseConditionalFixture.Verify(file, device, network, table);
                break;
            default:
                ScoreMatchingFixture.Verify(file, device, network, table);
                break;
        }

        return table.Rows;
    }

    /// <summary>Compares a loss and every tensor of its gradient; returns the gradient.</summary>
    internal static float[] CompareGradient(
        FixtureFile file,
        ITrainer trainer,
        TrainingBatch batch,
        string lossName,
        string gradientPrefix,
        VerificationTable table)
    {
        double[] loss = file.Doubles(lossName, 1);
        double[] expected = file.Parameters(gradientPrefix);
        float[] gradient = new float[expected.Length];
        table.Add(lossName, [trainer.Gradient(batch, gradient)], loss, Tolerances.Value);
        CompareParameters(file, gradient, expected, gradientPrefix, Tolerances.Gradient, table);
        return gradient;
    }

    /// <summary>Compares a tensor a network parameter.</summary>
    internal static void CompareParameters(
        FixtureFile file,
        ReadOnlySpan<float> actual,
        ReadOnlySpan<double> expected,
        string prefix,
        double tolerance,
        VerificationTable table)
    {
        foreach (var parameter in file.Network.Parameters)
        {
            table.Add(
                file.NameOf(prefix, parameter),
                actual.Slice(parameter.Offset, parameter.Length),
                expected.Slice(parameter.Offset, parameter.Length),
                tolerance);
        }
    }

    /// <summary>Runs a program from a given start with given noise, a row of noise a row of the program.</summary>
    internal static void CompareSamples(
        FixtureFile file,
        IDeviceNetwork network,
        StepProgram program,
        float[] start,
        float[]? noise,
        string name,
        VerificationTable table)
    {
        int count = start.Length / file.Dimension;
        double[] expected = file.Doubles(name, count, file.Dimension);
        var result = network.Sample(program, new SampleRequest { Count = count, Start = start, Noise = noise });
        table.Add(name, result.Points, expected, Tolerances.Sampling);
    }
}
