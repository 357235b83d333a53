using static ScoreGpu.Viz.Labs.Text.CommandText;

namespace ScoreGpu.Viz.Labs.Sde.Text;

/// <summary>The commands that go on from the lab.</summary>
/// <param name="data">What they have to make.</param>
internal sealed class SdeCommands(SdeData data)
{
    /// <summary>Trains the lab's model, or one of another process.</summary>
    /// <param name="process">The process and its options.</param>
    /// <param name="file">The model to write.</param>
    public string Train(string process, string file) =>
        $"scoregpu train --data {SdeProcesses.PlaneName} --process {process}"
        + $" --hidden {Plain(data.Settings.Hidden)} --layers {Plain(data.Settings.Layers)}"
        + $" --steps {Plain(data.Settings.TrainingSteps)} --batch {Plain(data.Settings.BatchSize)}"
        + $" --lr {Rate(data.Settings.LearningRate)} --lr-end {Rate(SdeTraining.LastRate(data.Settings))}"
        + $"{Seed(data.Seed)} --out {file}";

    /// <summary>Samples and draws them.</summary>
    /// <param name="model">The model.</param>
    /// <param name="sampler">The sampler and its options.</param>
    /// <param name="name">The files' name.</param>
    public string Sample(string model, string sampler, string name) =>
        $"scoregpu sample --model {model} --sampler {sampler} --count {Plain(data.Settings.QualitySamples)}"
        + $"{Seed(data.Seed)} --plot {name}.svg --out {name}.npy";

    /// <summary>Compares samples with the data.</summary>
    public static string Compare(string name) => $"scoregpu compare {name}.npy --to {SdeProcesses.PlaneName}";

    /// <summary>The whole lab with a seed.</summary>
    public static string Lab(ulong seed) => $"scoregpu lab sde --out lab/sde-{Whole(seed)}{Seed(seed)}";

    /// <summary>Draws a score.</summary>
    public static string Field(string model, double time, string name) =>
        $"scoregpu field --model {model} --time {Plain(time)} --range -4 4 --out {name}.svg";

    private static string Whole(ulong value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
