using ScoreGpu.Engine.Processes;
using ScoreGpu.Viz.Labs.Training;
using static ScoreGpu.Viz.Labs.Text.CommandText;

namespace ScoreGpu.Viz.Labs.FlowMatching.Text;

/// <summary>The commands that make the lab's models and samples anew.</summary>
/// <param name="data">What they have to make.</param>
internal sealed class FlowCommands(FlowMatchingData data)
{
    /// <summary>Trains one of the lab's models.</summary>
    public string Train(PathModel path, string file)
    {
        TrainedModel model = data.Models[path][0];
        return $"scoregpu train --data {FlowData.Name} --process {path.Process.Name}"
            + $" --predict {Predictions.NameOf(path.Predicts)}"
            + $" --hidden {Plain(data.Settings.Hidden)} --layers {Plain(data.Settings.Layers)}"
            + $" --steps {Plain(model.Losses.Count)} --batch {Plain(data.Settings.BatchSize)}"
            + $" --lr {Rate(model.Course.FirstRate)} --lr-end {Rate(model.Course.LastRate ?? model.Course.FirstRate)}"
            + $"{Seed(data.Seed)} --out {file}";
    }

    /// <summary>Samples with a solver and draws the samples.</summary>
    public string Sample(string model, string sampler, int steps, string name) =>
        $"scoregpu sample --model {model} --sampler {sampler} --steps {Plain(steps)}"
        + $" --count {Plain(data.Settings.QualitySamples)} --plot {name}.svg --out {name}.npy";

    /// <summary>Compares samples with the data.</summary>
    public static string Compare(string name) => $"scoregpu compare {name}.npy --to {FlowData.Name}";

    /// <summary>Draws a model's score.</summary>
    public static string Field(string model, double time, string file) =>
        $"scoregpu field --model {model} --time {Plain(time)} --range -6.6 6.6 --out {file}";

    /// <summary>Straightens the flow.</summary>
    public string Reflow(string file) =>
        $"scoregpu reflow --model flow.safetensors --rounds {Plain(data.Settings.Rounds)}"
        + $" --pairs {Plain(data.Settings.ReflowPairs)} --solver-steps {Plain(data.Settings.ReflowSolverSteps)}"
        + $" --steps {Plain(data.Settings.ReflowTraining)} --batch {Plain(data.Settings.BatchSize)}"
        + $" --lr {Rate(data.Settings.LearningRate / 2)}{Seed(data.Seed)} --out {file}";
}
