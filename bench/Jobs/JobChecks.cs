using ScoreGpu.Engine;
using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Files;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Bench.Jobs;

/// <summary>What the jobs compute from given numbers, so that another program's can be laid beside it.</summary>
/// <remarks>
/// A folder holds <c>points.npy</c> [N, D], <c>noise.npy</c> [steps, N, D] and <c>levels.npy</c> [N]; the result goes
/// into <c>JOB.scoregpu.npy</c>, one long array:
/// <code>
///   ddim_sample, ddpm_sample   the samples, from points as x_T and noise as the rows' z
///   ddpm_train                 the loss, then its gradient; points as x₀, the first row of noise as ε
///   likelihood                 f(x) of every point, then tr ∂f/∂x
/// </code>
/// </remarks>
internal sealed class JobChecks(IDevice device)
{
    /// <summary>The step that the network is told where the likelihood is computed.</summary>
    public const float Level = 40;

    public void Run(string job, string folder)
    {
        float[] points = Read("points").ToSingles();
        float[] result = job switch
        {
            "ddim_sample" => Sample(DdimSampler.Create(PeerNetwork.Schedule), points, null),
            "ddpm_sample" => Sample(DdpmSampler.Create(PeerNetwork.Schedule), points, Read("noise").ToSingles()),
            "ddpm_train" => Gradient(points, Read("noise").ToSingles()[..points.Length], Read("levels").ToInt64s()),
            "likelihood" => Differentiate(points),
            _ => throw InputException.For("job", job, "ddim_sample, ddpm_sample, ddpm_train or likelihood"),
        };
        NpyFile.Write(Path.Combine(folder, $"{job}.scoregpu.npy"), result, result.Length);

        Tensor Read(string name) => NpyFile.Read(Path.Combine(folder, $"{name}.npy"));
    }

    private float[] Sample(StepProgram program, float[] start, float[]? noise)
    {
        using IDeviceNetwork network = device.Load(PeerNetwork.Network);
        int count = start.Length / PeerNetwork.Dimension;
        return network.Sample(program, new SampleRequest { Count = count, Start = start, Noise = noise }).Points;
    }

    private float[] Gradient(float[] clean, float[] noise, long[] levels)
    {
        using ITrainer trainer = device.Train(
            PeerNetwork.Network,
            Objectives.Epsilon(PeerNetwork.Schedule, PeerNetwork.Dimension),
            TrainingData.Parse("four-gaussians"),
            new TrainingOptions { BatchSize = levels.Length });
        float[] gradient = new float[PeerNetwork.Network.Values.Length];
        double loss = trainer.Gradient(new TrainingBatch(clean, noise, [.. levels.Select(t => (int)t)]), gradient);
        return [(float)loss, .. gradient];
    }

    private float[] Differentiate(float[] points)
    {
        using IDeviceNetwork network = device.Load(PeerNetwork.Network);
        float[] values = new float[points.Length];
        float[] divergences = new float[points.Length / PeerNetwork.Dimension];
        network.Evaluate(points, [Level], values);
        network.Divergence(points, [Level], divergences);
        return [.. values, .. divergences];
    }
}
