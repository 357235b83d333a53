#:project ../src/Engine/ScoreGpu.Engine.csproj

// How likely is a point under a trained model? The flow carries a density along; its divergence says how much is lost.
//
//     dotnet run samples/log-likelihood.cs

using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Likelihoods;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Training;

var data = NamedMixtures.FourGaussians;
VpProcess process = new();
NetworkArchitecture architecture = new(data.Dimension, Hidden: 64, Layers: 3, new LogSigmaEmbedding(32));
Model model = new(
    Network.Create(architecture, seed: 0), Prediction.Epsilon, new ContinuousModelProcess(process), "four-gaussians");
using IDevice device = DeviceCatalog.Create("cpu");
using (ITrainer trainer = device.Train(
    model.Network, ModelObjectives.Default(model), new MixtureData(data), new TrainingOptions { BatchSize = 512 }))
{
    TrainingRun run = new(trainer) { Decay = new CosineDecay(2e-3, 1e-5) };
    run.Advance(steps: 4000);
    run.CopyTo(model.Network);
}

// ln p₀(x₀) = ln p_T(x_T) + ∫ ∇·v dt, from the data to the noise: a step program with weights for the trace beside it.
LikelihoodProgram program = LikelihoodProgram.Create(
    ModelSamplers.Describe(model), ModelLikelihood.Grid(model, steps: 100), FlowMethod.RungeKutta);

// The model knows the density of α·x₀ + σ·ε at the first time, which has a closed form for a mixture.
var truth = data.Noised(process.Alpha(program.Time), process.Sigma(program.Time));
float[] points = truth.Sample(500, seed: 1);
double[] exact = truth.LogDensities(points);
Console.WriteLine($"true density           mean {exact.Average():F4} nats");

// The trace of the Jacobian, exactly from one tangent a dimension, or Hutchinson's estimate vᵀJv from random v. J is nearly
// a multiple of I here, for which vᵀv must be D: it is for entries of ±1, and only on average for normal ones.
using IDeviceNetwork network = device.Load(model.Network);
double[] traced = Show("exact trace", TraceEstimator.Exact, exact);
Console.WriteLine("estimates, and how far they are from the exact trace's:");
Show("Hutchinson,  1 probe ", new TraceEstimator(1, ProbeKind.Rademacher), traced);
Show("Hutchinson, 16 probes", new TraceEstimator(16, ProbeKind.Rademacher), traced);
Show("Gaussian,   16 probes", new TraceEstimator(16, ProbeKind.Gaussian), traced);

double[] Show(string name, TraceEstimator estimator, double[] reference)
{
    LogLikelihoods found = FlowLikelihood.Run(
        program, network, new TraceRequest { Points = points, Estimator = estimator, Seed = 0 });
    double rms = Math.Sqrt(found.Values.Zip(reference, (a, b) => (a - b) * (a - b)).Average());
    Console.WriteLine($"{name,-22} mean {found.Mean:F4} nats, {found.BitsPerDimension:F3} bits a dimension, off by {rms:F4}");
    return found.Values;
}
