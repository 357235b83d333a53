using System.Globalization;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Models;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Viz.Labs.Training;

namespace ScoreGpu.Viz.Labs.ScoreMatching;

/// <summary>The lab's computations, stage by stage.</summary>
internal static class ScoreMatchingRun
{
    /// <summary>Hyvärinen's training.</summary>
    public const string HyvarinenKey = "hyvarinen";

    /// <summary>Hyvärinen's training for as many steps as denoising takes.</summary>
    public const string LongHyvarinenKey = "hyvarinen_long";

    /// <summary>Sliced score matching.</summary>
    public const string SlicedKey = "sliced";

    /// <summary>Training towards the exact score of the data.</summary>
    public const string ExplicitKey = "explicit";

    /// <summary>Denoising training for as many steps as Hyvärinen's takes.</summary>
    public const string ShortDenoisingKey = "denoising_short";

    /// <summary>Denoising training.</summary>
    public const string DenoisingKey = "denoising";

    /// <summary>Noise prediction.</summary>
    public const string NoiseKey = "noise_prediction";

    /// <summary>The exact score of the data.</summary>
    public const string ExactKey = "exact";

    /// <summary>The exact score of the data with the lab's noise.</summary>
    public const string ExactNoisedKey = "exact_noised";

    /// <summary>The sum of the weights below: about tenths of a second on two cores.</summary>
    public const double TotalWeight = 250;

    /// <summary>Computes everything.</summary>
    public static ScoreMatchingData Compute(LabContext context, ScoreMatchingSettings settings, LabClock clock)
    {
        Dictionary<string, TrainedModel> trained = [];
        foreach ((ScoreTraining training, double weight) in Trainings(settings))
        {
            trained.Add(
                training.Key,
                clock.Run($"training, {training.Key}", weight, progress => training.Train(context, settings, progress)));
        }

        FieldProbes probes = new(settings, context.Seed);
        FieldStudy[] fields = clock.Run("fields", 3, _ => Fields(context, settings, probes, trained));
        float[] points = ScoreTraining.Data.Sample(
            settings.LossPoints, LabKeys.Of(context.Seed, ScoreMatchingDraw.LossPoints));
        LossParts[] parts = clock.Run("parts of the loss", 3, _ => Parts(context, settings, trained, points));
        NoiseIdentity identity = clock.Run("noise prediction", 1, _ => NoiseIdentity.Measure(
            context, trained[DenoisingKey].Model, trained[NoiseKey].Model));
        LangevinTargets targets = LangevinTargets.Draw(settings, context.Seed);
        LangevinStudy langevin = clock.Run("Langevin dynamics", 30, _ => Langevin(context, settings, trained, targets));
        WeightStudy weights = clock.Run(
            "clusters of unlike weight", 30, progress => WeightStudy.Compute(context, settings, progress));
        SigmaSweep sweep = new(context, settings, targets);
        SigmaRun[] runs =
        [
            .. settings.SweptSigmas.Select(sigma => clock.Run(
                string.Create(CultureInfo.InvariantCulture, $"training, sigma {sigma}"),
                90.0 / settings.SweptSigmas.Count,
                progress => sweep.Measure(sigma.Equals(settings.Sigma)
                    ? trained[DenoisingKey]
                    : Denoising("sweep", "", sigma, settings.DenoisingSteps).Train(context, settings, progress)))),
        ];
        StepCost cost = clock.Run("step times", 33, progress => StepCost.Measure(context, settings, progress));
        return new ScoreMatchingData(
            settings,
            context.Seed,
            trained,
            fields,
            parts,
            -parts[0].HalfExactSquare,
            identity,
            langevin,
            targets,
            weights,
            runs,
            cost);
    }

    /// <summary>Denoising training at a σ.</summary>
    private static ScoreTraining Denoising(string key, string label, double sigma, int steps) =>
        new(key, label, "dsm", sigma, steps);

    private static (ScoreTraining Training, double Weight)[] Trainings(ScoreMatchingSettings settings) =>
    [
        (new(ExplicitKey, Label("explicit", settings.HyvarinenSteps), "esm", 0, settings.HyvarinenSteps), 3),
        (new(HyvarinenKey, Label("Hyvärinen", settings.HyvarinenSteps), "hyvarinen", 0, settings.HyvarinenSteps), 8),
        (new(LongHyvarinenKey, Label("Hyvärinen", settings.DenoisingSteps), "hyvarinen", 0, settings.DenoisingSteps), 28),
        (new(SlicedKey, Label("sliced", settings.HyvarinenSteps), "sliced", 0, settings.HyvarinenSteps), 6),
        (Denoising(
            ShortDenoisingKey, Label("denoising", settings.HyvarinenSteps), settings.Sigma, settings.HyvarinenSteps), 3),
        (Denoising(DenoisingKey, Label("denoising", settings.DenoisingSteps), settings.Sigma, settings.DenoisingSteps), 10),
        (new(
            NoiseKey,
            Label("noise prediction", settings.DenoisingSteps),
            "dsm",
            settings.Sigma,
            settings.DenoisingSteps,
            Prediction.Epsilon), 10),
    ];

    private static string Label(string name, int steps) =>
        string.Create(CultureInfo.InvariantCulture, $"{name}, {steps:N0} steps");

    private static FieldStudy[] Fields(
        LabContext context,
        ScoreMatchingSettings settings,
        FieldProbes probes,
        Dictionary<string, TrainedModel> trained)
    {
        List<FieldStudy> fields =
        [
            probes.StudyExact(ExactKey, "exact, data", 0),
            probes.StudyExact(ExactNoisedKey, "exact, noised data", settings.Sigma),
        ];
        foreach ((ScoreTraining training, _) in Trainings(settings))
        {
            Model model = trained[training.Key].Model;
            using IDeviceNetwork network = context.Device.Load(model.Network);
            fields.Add(probes.Study(training.Key, training.Label, model, network));
        }

        return [.. fields];
    }

    private static LossParts[] Parts(
        LabContext context, ScoreMatchingSettings settings, Dictionary<string, TrainedModel> trained, float[] points)
    {
        ScoreTraining hyvarinen = Trainings(settings)[1].Training;
        return
        [
            Of("untrained", "before training", hyvarinen.Fresh(settings, context.Seed)),
            Of(HyvarinenKey, hyvarinen.Label, trained[HyvarinenKey].Model),
            Of(LongHyvarinenKey, Label("Hyvärinen", settings.DenoisingSteps), trained[LongHyvarinenKey].Model),
            Of(DenoisingKey, Label("denoising", settings.DenoisingSteps), trained[DenoisingKey].Model),
        ];

        LossParts Of(string key, string label, Model model)
        {
            using IDeviceNetwork network = context.Device.Load(model.Network);
            return LossParts.Of(key, label, model, network, points);
        }
    }

    private static LangevinStudy Langevin(
        LabContext context,
        ScoreMatchingSettings settings,
        Dictionary<string, TrainedModel> trained,
        LangevinTargets targets)
    {
        (string Key, string Label)[] models =
        [
            (HyvarinenKey, Label("Hyvärinen", settings.HyvarinenSteps)),
            (LongHyvarinenKey, Label("Hyvärinen", settings.DenoisingSteps)),
            (DenoisingKey, Label("denoising", settings.DenoisingSteps)),
        ];
        List<LangevinRun> runs = [];
        LangevinRun? denoised = null;
        foreach ((string key, string label) in models)
        {
            Model model = trained[key].Model;
            using IDeviceNetwork network = context.Device.Load(model.Network);
            runs.Add(LangevinStudy.Sample(context, settings, key, label, model, network, targets));
            if (key == DenoisingKey)
            {
                denoised = LangevinStudy.Denoise(
                    "denoising_denoised", label + ", denoised", runs[^1], model, network, targets);
            }
        }

        return LangevinStudy.Complete(context, settings, targets, runs, denoised!);
    }
}
