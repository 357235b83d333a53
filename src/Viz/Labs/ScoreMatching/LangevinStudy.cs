using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Samplers;
using ScoreGpu.Engine.Samplers.Host;

namespace ScoreGpu.Viz.Labs.ScoreMatching;

/// <summary>Langevin dynamics with learned and exact scores.</summary>
/// <param name="Runs">Every run, and fresh points of both densities.</param>
/// <param name="Denoised">
/// The ends of the chains of the denoising network, each led to E[x₀ | x] = x + σ²·s(x) (Tweedie's formula).
/// </param>
internal sealed record LangevinStudy(IReadOnlyList<LangevinRun> Runs, LangevinRun Denoised)
{
    /// <summary>A run by its key.</summary>
    public LangevinRun this[string key] => Runs.First(run => run.Key == key);

    /// <summary>Runs the chains of a network on the device.</summary>
    public static LangevinRun Sample(
        LabContext context,
        ScoreMatchingSettings settings,
        string key,
        string label,
        Model model,
        IDeviceNetwork network,
        LangevinTargets targets)
    {
        StepProgram program = LangevinSampler.Create(
            ModelSamplers.Describe(model), model.Process.FirstTime, settings.LangevinSteps, settings.StepSize);
        SampleResult result = network.Sample(program, new SampleRequest
        {
            Count = settings.Chains,
            Seed = LabKeys.Of(context.Seed, ScoreMatchingDraw.Langevin),
            RecordEvery = settings.RecordEvery,
            Cancellation = context.Cancellation,
        });
        double sigma = ((SingleSigmaModelProcess)model.Process).Sigma;
        return LangevinRun.Of(key, label, sigma, result.Points, result.Trajectories, targets);
    }

    /// <summary>Runs the chains of an exact score on the host: the same starts and noise.</summary>
    /// <param name="context">The seed, and what stops the run.</param>
    /// <param name="settings">How many chains and steps.</param>
    /// <param name="mixture">The density.</param>
    /// <returns>The states that were kept, [frames, N, 2].</returns>
    public static float[] SampleExact(LabContext context, ScoreMatchingSettings settings, GaussianMixture mixture)
    {
        SingleSigmaModelProcess process = new(0);
        SamplerModel model = new(process.Diffusion, Engine.Processes.Prediction.Score);
        StepProgram program = LangevinSampler.Create(
            model, process.FirstTime, settings.LangevinSteps, settings.StepSize);
        List<float> frames = [];
        HostRequest request = new()
        {
            Count = settings.Chains,
            Seed = LabKeys.Of(context.Seed, ScoreMatchingDraw.Langevin),
            Cancellation = context.Cancellation,
        };
        HostProgram.Run(program, new ExactNetwork(mixture, model), request, (row, states) =>
        {
            // As a device keeps them: the start, every k-th row, and the end.
            if ((row + 1) % settings.RecordEvery == 0 || row == settings.LangevinSteps - 1)
            {
                foreach (double value in states.Span)
                {
                    frames.Add((float)value);
                }
            }
        });
        return [.. frames];
    }

    /// <summary>Draws fresh points and runs the exact scores; the networks' runs are given.</summary>
    public static LangevinStudy Complete(
        LabContext context,
        ScoreMatchingSettings settings,
        LangevinTargets targets,
        IReadOnlyList<LangevinRun> learned,
        LangevinRun denoised)
    {
        GaussianMixture clean = ScoreTraining.Data;
        GaussianMixture noised = clean.Noised(1.0, settings.Sigma);
        return new LangevinStudy(
            [
                Fresh("data", "data, fresh", 0, clean, ScoreMatchingDraw.FreshClean),
                Fresh("noised_data", "noised data, fresh", settings.Sigma, noised, ScoreMatchingDraw.FreshNoised),
                Exact("exact", "exact score of p", 0, clean),
                Exact("exact_noised", "exact score of p(σ)", settings.Sigma, noised),
                .. learned,
            ],
            denoised);

        LangevinRun Fresh(string key, string label, double sigma, GaussianMixture mixture, ScoreMatchingDraw draw) =>
            LangevinRun.Of(
                key,
                label,
                sigma,
                mixture.Sample(settings.Chains, LabKeys.Of(context.Seed, draw)),
                [],
                targets);

        LangevinRun Exact(string key, string label, double sigma, GaussianMixture mixture)
        {
            float[] frames = SampleExact(context, settings, mixture);
            return LangevinRun.Of(key, label, sigma, frames[^(2 * settings.Chains)..], frames, targets);
        }
    }

    /// <summary>The ends of a run of a network, led to what the network believes they were without noise.</summary>
    public static LangevinRun Denoise(
        string key, string label, LangevinRun run, Model model, IDeviceNetwork network, LangevinTargets targets)
    {
        float[] points = new ModelEvaluator(model, network).Evaluate(ModelQuantity.Denoised, run.Points.Values, 0);
        return LangevinRun.Of(key, label, 0, points, [], targets);
    }
}
