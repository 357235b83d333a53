using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;
using ScoreGpu.Viz.Labs.Training;
using ScoreGpu.Viz.Pages.Interactive;

namespace ScoreGpu.Viz.Labs.Ncsn;

/// <summary>What the page sets in motion: the score at every level, and particles on their way.</summary>
/// <param name="At">The arrows' places, [A, 2]: <see cref="PlaneView.Nodes"/>.</param>
/// <param name="Learned">The network's score there, one array a level, [A, 2].</param>
/// <param name="Exact">The exact score there.</param>
/// <param name="Annealed">States of annealed Langevin dynamics with the network, one array a frame, [N, 2].</param>
/// <param name="Single">States of as many steps at the last level with the exact score, from the same start.</param>
/// <param name="FrameLevels">The level of each frame.</param>
/// <param name="FrameSteps">The steps done at each frame.</param>
internal sealed record Motion(
    float[] At,
    IReadOnlyList<float[]> Learned,
    IReadOnlyList<float[]> Exact,
    IReadOnlyList<float[]> Annealed,
    IReadOnlyList<float[]> Single,
    IReadOnlyList<double> FrameLevels,
    IReadOnlyList<int> FrameSteps)
{
    /// <summary>The part of the plane that is shown.</summary>
    public const double Reach = 9;

    private const int FramesPerLevel = 5;

    /// <summary>Evaluates and samples.</summary>
    public static Motion Compute(
        LabContext context,
        NcsnSettings settings,
        TrainedModel model,
        IDeviceNetwork network,
        double oneLevelAlpha)
    {
        IReadOnlyList<double> levels = NcsnTraining.LevelsOf(model);
        float[] at = Array.ConvertAll(PlaneView.Square(Reach).Nodes(settings.Arrows), value => (float)value);
        ModelEvaluator evaluator = new(model.Model, network);
        int every = Math.Max(1, settings.StepsPerLevel / FramesPerLevel);
        int rows = levels.Count * settings.StepsPerLevel;
        ulong key = LabKeys.Of(context.Seed, NcsnDraw.Particles);
        SampleResult annealed = network.Sample(
            AnnealedLangevinSampler.Create(levels, settings.StepsPerLevel),
            new SampleRequest
            {
                Count = settings.Particles,
                Seed = key,
                RecordEvery = every,
                Cancellation = context.Cancellation,
            });
        List<float[]> single = [];
        ExactRuns.Sample(
            NamedMixtures.Ring8,
            LangevinProgram.OneLevel(levels[^1], oneLevelAlpha, rows, levels[0]),
            new HostRequest { Count = settings.Particles, Seed = key, Cancellation = context.Cancellation },
            (row, states) =>
            {
                if ((row + 1) % every == 0 || row + 1 == rows)
                {
                    single.Add(Array.ConvertAll(states.ToArray(), value => (float)value));
                }
            });
        int[] steps = [.. Enumerable.Range(0, annealed.Frames).Select(frame => Math.Min(frame * every, rows))];
        return new Motion(
            at,
            [.. levels.Select(sigma => evaluator.Evaluate(ModelQuantity.Score, at, sigma))],
            [.. levels.Select(sigma => NamedMixtures.Ring8.Noised(1.0, sigma).Scores(at))],
            [.. annealed.Trajectories.Chunk(2 * settings.Particles)],
            single,
            [.. steps.Select(step => levels[Math.Min(Math.Max(0, step - 1) / settings.StepsPerLevel, levels.Count - 1)])],
            steps);
    }
}
