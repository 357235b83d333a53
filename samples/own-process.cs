#:project ../src/Engine/ScoreGpu.Engine.csproj
#:project ../src/Viz/ScoreGpu.Viz.csproj

// A process and data of one's own: α = √(1 − t) and σ = √t, trained on a heart, sampled, and drawn.
//
//     dotnet run samples/own-process.cs [heart.png]

using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Metrics;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Training;
using ScoreGpu.Viz;

string path = args.Length > 0 ? args[0] : "heart.png";

// Data are an array [N, D]; PointsFile.Read takes them from a .csv or .npy file.
PointSet heart = Heart(20_000, seed: 0);
Model model = new(
    Network.Create(new NetworkArchitecture(2, Hidden: 128, Layers: 3, new LogSigmaEmbedding(32)), seed: 0),
    Prediction.V,
    new ContinuousModelProcess(new RootProcess()),
    "heart");
using IDevice device = DeviceCatalog.Create("cpu");
using (ITrainer trainer = device.Train(
    model.Network, ModelObjectives.Default(model), new PointSetData(heart), new TrainingOptions()))
{
    TrainingRun run = new(trainer) { Decay = new CosineDecay(2e-3, 1e-5) };
    run.Advance(steps: 3000);
    run.CopyTo(model.Network);
}

// Every sampler knows what to do with α and σ, and every prediction is turned into the one that it needs.
using IDeviceNetwork network = device.Load(model.Network);
StepProgram sampler = ModelSamplers.Create(model, "dpm-solver++2m");
SampleResult result = network.Sample(sampler, new SampleRequest { Count = 4000, Seed = 1 });
TwoSampleEstimate distance = EnergyDistance.Estimate(new(result.Points, 4000, 2), Heart(4000, seed: 1));
Console.WriteLine($"{sampler.Name}: squared energy distance {distance.Value:F5}, of equals {distance.NullError:F5}");

// The distance hardly sees that the samples' line is broader; the picture does. Train for longer, and it gets narrower.
Figure figure = new(width: 10, height: 5, columns: 2);
figure[0, 0].Title("data").Square(2.5).Scatter(heart.Values[..8000], size: 2, alpha: 0.5);
figure[0, 1].Title("samples").Square(2.5).Scatter(result.Points, size: 2, alpha: 0.5, color: Ink.Orange);
figure.Save(path);
Console.WriteLine($"drawn to {path}");

// A heart's outline of about ±2, with a little noise.
static PointSet Heart(int count, int seed)
{
    Random random = new(seed);
    float[] values = new float[2 * count];
    for (int i = 0; i < values.Length; i += 2)
    {
        double a = 2.0 * Math.PI * random.NextDouble();
        double y = (13.0 * Math.Cos(a)) - (5.0 * Math.Cos(2.0 * a)) - (2.0 * Math.Cos(3.0 * a)) - Math.Cos(4.0 * a);
        values[i] = (float)((2.0 * Math.Pow(Math.Sin(a), 3.0)) + (0.1 * random.NextDouble()));
        values[i + 1] = (float)((y / 8.0) + (0.1 * random.NextDouble()));
    }

    return new PointSet(values, count, 2);
}

// All that a process has to say. Drift, diffusion, score, velocity and the time at a log-SNR follow.
internal sealed class RootProcess : ContinuousProcess
{
    public override string Name => "root";

    public override TimeRange TimeRange => new(0.0, 1.0);

    // Short of t = 0, where σ′ is infinite, and of t = 1, where nothing is left of the data and ln α is −∞.
    public override TimeRange SamplingRange => new(1e-3, 0.999);

    public override double Alpha(double t) => Math.Sqrt(1.0 - t);

    public override double Sigma(double t) => Math.Sqrt(t);

    public override double LogAlphaDerivative(double t) => -0.5 / (1.0 - t);

    public override double VarianceDerivative(double t) => 1.0;
}
