using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Metrics;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;

namespace ScoreGpu.Viz.Labs.Sde;

/// <summary>
/// Exercise 1: the reverse SDE of VE, and what becomes of samples where a term of it is another. With a step h > 0
/// back in time: x ← x + d·h·(c·g²·s − f·x) + n·g·√h·z; d = c = n = 1 is the reverse SDE.
/// </summary>
/// <param name="Key">The name in the results.</param>
/// <param name="Title">In words.</param>
/// <param name="IsVe">VE; else VP.</param>
/// <param name="OfDrift">d.</param>
/// <param name="OfScore">c.</param>
/// <param name="OfNoise">n.</param>
/// <param name="Points">The samples, [N, 2]; numbers that are not finite or huge are kept.</param>
/// <param name="Energy">Their squared energy distance to the data.</param>
/// <param name="Width">The clusters' standard deviation over the true one.</param>
/// <param name="Spread">The root mean square of their coordinates.</param>
internal sealed record ReverseVariant(
    string Key,
    string Title,
    bool IsVe,
    double OfDrift,
    double OfScore,
    double OfNoise,
    float[] Points,
    TwoSampleEstimate Energy,
    double Width,
    double Spread)
{
    /// <summary>Whether the samples can be told from data.</summary>
    public bool IsApart => ClearDifference.IsShown(Energy);

    /// <summary>Runs all variants from the same starts, with the exact score.</summary>
    public static IReadOnlyList<ReverseVariant> Measure(SdeSettings settings, ulong seed, CancellationToken cancellation)
    {
        int count = settings.Particles;
        PointSet data = new(
            SdeProcesses.Plane.Sample(count, LabKeys.Of(seed, SdeDraw.Reference)), count, 2);
        VeProcess ve = new(sigmaMax: settings.VeSigmaMax);
        return
        [
            Run("ve_reverse_sde", "reverse SDE", ve, 1, 1, 1),
            Run("ve_flow", "probability flow", ve, 1, 0.5, 0),
            Run("ve_half_score", "half the score", ve, 1, 0.5, 1),
            Run("ve_no_noise", "no noise", ve, 1, 1, 0),
            Run("vp_reverse_sde", "reverse SDE", SdeProcesses.Vp, 1, 1, 1),
            Run("vp_printed_sign", "drift's sign as printed", SdeProcesses.Vp, -1, 1, 1),
        ];

        ReverseVariant Run(
            string key, string title, ContinuousProcess process, double ofDrift, double ofScore, double ofNoise)
        {
            SamplerModel model = new(process, Prediction.Score);
            TimeGrid grid = TimeGrid.Create(process, TimeSpacing.Uniform, settings.VariantSteps, endsAtData: false);
            HostRequest request = new()
            {
                Count = count,
                Seed = LabKeys.Of(seed, SdeDraw.Variants),
                Cancellation = cancellation,
            };
            double[] ends = HostProgram.Run(
                Program(key, model, process, grid, (ofDrift, ofScore, ofNoise)),
                new ExactNetwork(SdeProcesses.Plane, model),
                request).Points;
            float[] points = Array.ConvertAll(ends, value => (float)value);
            return new ReverseVariant(
                key,
                title,
                process is VeProcess,
                ofDrift,
                ofScore,
                ofNoise,
                points,
                EnergyDistance.Estimate(new PointSet(points, count, 2), data),
                ClusterWidth.Of(new PointSet(points, count, 2)),
                Math.Sqrt(ends.Average(value => value * value)));
        }
    }

    private static StepProgram Program(
        string name,
        SamplerModel model,
        ContinuousProcess process,
        TimeGrid grid,
        (double Drift, double Score, double Noise) of)
    {
        StepRow[] rows = new StepRow[grid.Steps];
        for (int i = 0; i < rows.Length; i++)
        {
            double t = grid.Times[i];
            double h = t - grid.Times[i + 1];
            LinearCombination back =
                (of.Score * process.DiffusionSquared(t) * Register.Output) - (process.Drift(t) * Register.State);
            rows[i] = new StepRow(model.ConditionAt(t), new StepUpdate
            {
                X = Register.State + (of.Drift * h * back)
                    + (of.Noise * process.Diffusion(t) * Math.Sqrt(h) * Register.Noise),
            });
        }

        return new StepProgram(name, rows) { StartScale = process.Prior(grid.Times[0]).Scale };
    }
}
