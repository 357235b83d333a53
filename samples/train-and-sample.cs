#:project ../src/Engine/ScoreGpu.Engine.csproj

// Teaches a small network the noise in noisy points, then turns pure noise into points with it.
//
//     dotnet run samples/train-and-sample.cs

using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Metrics;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Training;

// Four Gaussians at (±2, ±2), deviation 0.3: a data set whose density is known, so that results can be judged.
var data = NamedMixtures.FourGaussians;

// A model is a network, what it predicts (ε), and the process that makes the noise: x_t = α(t)·x₀ + σ(t)·ε.
NetworkArchitecture architecture = new(data.Dimension, Hidden: 64, Layers: 3, new LogSigmaEmbedding(32));
Model model = new(
    Network.Create(architecture, seed: 0),
    Prediction.Epsilon,
    new ContinuousModelProcess(new VpProcess()),
    "four-gaussians");

// Everything that costs time happens on a device; "opencl", "cuda" or "auto" take a GPU in place of the processor.
using IDevice device = DeviceCatalog.Create("cpu");
TrainingOptions options = new() { BatchSize = 512, LearningRate = 2e-3 };
using (ITrainer trainer = device.Train(
    model.Network, ModelObjectives.Default(model), new MixtureData(data), options))
{
    TrainingRun run = new(trainer) { Decay = new CosineDecay(2e-3, 1e-5) };
    run.Advance(steps: 4000);
    run.CopyTo(model.Network);
    Console.WriteLine($"loss: {run.MeanOfFirst(50):F3} at first, {run.MeanOfLast(50):F3} at last");
}

// A sampler is a table of rows, and the device runs it for all samples in one go. The seed fixes every draw.
using IDeviceNetwork network = device.Load(model.Network);
StepProgram sampler = ModelSamplers.Create(model, "dpm-solver++2m");
SampleResult result = network.Sample(sampler, new SampleRequest { Count = 4000, Seed = 1 });

// Twice the mean distance between the sets less those within them: 0 where two distributions are the same.
PointSet samples = new(result.Points, 4000, data.Dimension);
PointSet truth = new(data.Sample(4000, seed: 2), 4000, data.Dimension);
TwoSampleEstimate distance = EnergyDistance.Estimate(samples, truth);
Console.WriteLine($"sampler: {sampler.Name}, {sampler.Nfe} network evaluations a sample");
Console.WriteLine($"squared energy distance to the data: {distance.Value:F5}");
Console.WriteLine($"two sets of true samples scatter by: {distance.NullError:F5}");
