using ScoreGpu.Engine.Training;
using ScoreGpu.Viz.Labs.Training;
using static ScoreGpu.Viz.Labs.Text.CommandText;

namespace ScoreGpu.Viz.Labs.Ncsn.Text;

/// <summary>The commands that make the lab's models and samples anew.</summary>
/// <param name="data">What they have to make.</param>
internal sealed class NcsnCommands(NcsnData data)
{
    /// <summary>The model's file.</summary>
    public const string ModelFile = "model.safetensors";

    /// <summary>The text's training in full.</summary>
    public string FullTraining =>
        $"scoregpu train --data {NcsnTraining.DataName} --process ncsn --hidden {Plain(data.Settings.FullHidden)}"
        + $" --layers {Plain(NcsnSettings.FullLayers)} --steps {Plain(data.Settings.FullTraining)}"
        + $" --batch {Plain(data.Settings.BatchSize)} --lr {Rate(data.Settings.FullRate)}"
        + $" --lr-end {Rate(data.Settings.FinalRate)}{Seed(data.Seed)} --out full.safetensors";

    /// <summary>Trains one of the lab's models.</summary>
    public string Train(TrainedModel model, string file) =>
        $"scoregpu train --data {NcsnTraining.DataName} --process ncsn --hidden {Plain(data.Settings.Hidden)}"
        + $" --layers {Plain(data.Settings.Layers)}"
        + (model.Model.Weight == LossWeight.Uniform ? " --weight uniform" : "")
        + $" --steps {Plain(model.Losses.Count)} --batch {Plain(data.Settings.BatchSize)}"
        + $" --lr {Rate(model.Course.FirstRate)} --lr-end {Rate(data.Settings.FinalRate)}"
        + $" --ema {Plain(data.Settings.Average)}{Seed(data.Seed)} --out {file}";

    /// <summary>Draws the score at a level.</summary>
    public static string Field(string model, double sigma, string file) =>
        $"scoregpu field --model {model} --time {LevelText.Sigma(sigma)} --range -9 9 --grid 24 --out {file}";

    /// <summary>Samples and draws the samples.</summary>
    /// <param name="options">What differs from the usual, with a space before it.</param>
    /// <param name="name">The files' name without extension.</param>
    public string Sample(string options, string name) =>
        $"scoregpu sample --model {ModelFile}{options} --count {Plain(data.Settings.Samples)} --plot {name}.svg"
        + $" --out {name}.npy";

    /// <summary>Measures samples.</summary>
    public static string Compare(string name) => $"scoregpu compare {name}.npy --to {NcsnTraining.DataName}";
}
