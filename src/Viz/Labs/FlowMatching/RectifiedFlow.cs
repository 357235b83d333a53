using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Reflow;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Training;
using ScoreGpu.Viz.Labs.Quality;

namespace ScoreGpu.Viz.Labs.FlowMatching;

/// <summary>A flow after some rounds.</summary>
/// <param name="Label">Which, in words.</param>
/// <param name="Model">Its model.</param>
/// <param name="Shape">The shape of its paths.</param>
/// <param name="TransportCost">E‖Z₁ − Z₀‖² between the ends of its paths.</param>
/// <param name="Times">The times of the states.</param>
/// <param name="Paths">States on the way of the first starts, [F, N, 2].</param>
/// <param name="PathCount">N.</param>
/// <param name="ByStep">Samples of Euler's method with few steps.</param>
internal sealed record StraightenedFlow(
    string Label,
    Model Model,
    PathShape Shape,
    double TransportCost,
    IReadOnlyList<double> Times,
    float[] Paths,
    int PathCount,
    IReadOnlyList<EulerSamples> ByStep)
{
    /// <summary>The squared energy distance with a number of steps.</summary>
    public double EnergyOf(int steps) => ByStep.First(samples => samples.Steps == steps).Score.Energy.Value;
}

/// <summary>Rounds of rectified flow, and the same training without its pairs.</summary>
/// <param name="Rounds">The flow before, and after each round.</param>
/// <param name="Control">The first flow, trained on for as many steps on independent pairs.</param>
internal sealed record RectifiedFlow(IReadOnlyList<StraightenedFlow> Rounds, StraightenedFlow Control)
{
    private const int MostPaths = 2000;

    /// <summary>Makes pairs, trains and measures, round by round.</summary>
    public static RectifiedFlow Compute(
        LabContext context,
        FlowMatchingSettings settings,
        Model first,
        float[] starts,
        SamplerTarget target,
        IProgress<double> progress)
    {
        List<StraightenedFlow> rounds = [Measure("before", first)];
        Model model = first;
        for (int round = 1; round <= settings.Rounds; round++)
        {
            FlowPairs pairs;
            using (IDeviceNetwork network = context.Device.Load(model.Network))
            {
                pairs = FlowPairs.Make(
                    model,
                    network,
                    settings.ReflowPairs,
                    settings.ReflowSolverSteps,
                    LabKeys.Of(context.Seed, FlowMatchingDraw.ReflowPairs, round),
                    context.Cancellation);
            }

            model = ReflowRound.Train(
                context.Device, model, pairs, settings.ReflowTraining, Options(round), null, context.Cancellation);
            rounds.Add(Measure($"round {round}", model));
            progress.Report(round / (settings.Rounds + 1.0));
        }

        // Independent pairs in place of the flow's own, and everything else the same.
        FlowPairs independent = new(
            new Engine.Data.PointSet(
                FlowData.Mixture.Sample(
                    settings.ReflowPairs,
                    LabKeys.Of(context.Seed, FlowMatchingDraw.ReflowTraining)),
                settings.ReflowPairs,
                2),
            new Engine.Data.PointSet(
                FlowData.Noise.Sample(
                    settings.ReflowPairs,
                    LabKeys.Of(context.Seed, FlowMatchingDraw.ReflowPairs)),
                settings.ReflowPairs,
                2),
            double.NaN);
        Model control = ReflowRound.Train(
            context.Device, first, independent, settings.ReflowTraining, Options(1), null, context.Cancellation);
        return new RectifiedFlow(rounds, Measure("as much training, no pairs", control));

        TrainingOptions Options(int round) => new()
        {
            BatchSize = settings.BatchSize,
            LearningRate = settings.LearningRate / 2,
            Seed = LabKeys.Of(context.Seed, FlowMatchingDraw.ReflowTraining, round),
        };

        StraightenedFlow Measure(string label, Model flow)
        {
            using IDeviceNetwork network = context.Device.Load(flow.Network);
            return RectifiedFlow.Measure(context, settings, label, flow, network, starts, target);
        }
    }

    private static StraightenedFlow Measure(
        LabContext context,
        FlowMatchingSettings settings,
        string label,
        Model model,
        IDeviceNetwork network,
        float[] starts,
        SamplerTarget target)
    {
        var process = (Engine.Processes.ContinuousProcess)model.Process.Diffusion;
        TimeGrid grid = ExactFlow.EulerGrid(process, 2 * settings.ReflowSolverSteps, 1.0);
        int count = Math.Min(MostPaths, starts.Length / 2);
        float[] paths = network.Sample(EulerSampler.Create(ModelSamplers.Describe(model), grid), new SampleRequest
        {
            Count = count,
            Start = starts[..(2 * count)],
            RecordEvery = 1,
            Cancellation = context.Cancellation,
        }).Trajectories;
        double[] states = Array.ConvertAll(paths, value => (double)value);
        double cost = 0.0;
        for (int i = 0; i < 2 * count; i++)
        {
            double moved = states[^((2 * count) - i)] - states[i];
            cost += moved * moved / count;
        }

        return new StraightenedFlow(
            label,
            model,
            PathShape.Of(states, grid.Times, count),
            cost,
            grid.Times,
            paths,
            count,
            EulerStudy.Trained(context, settings, model, network, starts, target));
    }
}
