using ScoreGpu.Viz.Labs.Training;
using static ScoreGpu.Viz.Labs.Text.CommandText;

namespace ScoreGpu.Viz.Labs.ScoreFunctions.Text;

/// <summary>The commands that make the lab's models and samples anew.</summary>
/// <param name="data">What they have to make.</param>
internal sealed class LabCommands(ScoreFunctionsData data)
{
    /// <summary>The whole lab.</summary>
    public string Lab => "scoregpu lab score-functions --out lab/score-functions" + Seed(data.Seed);

    /// <summary>Trains one of the lab's models.</summary>
    public string Train(TrainedModel model, string file)
    {
        string end = model.Course.LastRate is { } last ? $" --lr-end {Rate(last)}" : "";
        double betaEnd = DdpmTraining.ProcessOf(model).BetaEnd;
        string schedule = betaEnd.Equals(data.Settings.BetaEnd) ? "" : $" --beta-end {Plain(betaEnd)}";
        return "scoregpu train --data four-gaussians --process ddpm --predict epsilon"
            + $" --hidden {Plain(data.Settings.Hidden)} --layers {Plain(data.Settings.Layers)}{schedule}"
            + $" --steps {Plain(model.Losses.Count)} --batch {Plain(data.Settings.BatchSize)}"
            + $" --lr {Rate(model.Course.FirstRate)}{end}{Seed(data.Seed)} --out {file}";
    }

    /// <summary>Draws a model's score at a step.</summary>
    public static string Field(string model, int step, string file) =>
        $"scoregpu field --model {model} --time {Plain(step)} --out {file}";

    /// <summary>Samples and keeps the paths.</summary>
    public string Paths(string sampler, string start, ulong seed, string paths, string ends, int? every = null) =>
        $"scoregpu sample --model model.safetensors --sampler {sampler} --start {start}{Seed(seed)}"
        + $" --trajectories {paths} --every {Plain(every ?? data.Settings.RecordEvery)} --out {ends}";

    /// <summary>Samples from N(0, I) and draws the samples.</summary>
    public string Samples(string model, string sampler, string plot, string file) =>
        $"scoregpu sample --model {model} --sampler {sampler} --count {Plain(data.Settings.QualitySamples)}"
        + $" --plot {plot} --out {file}";

    /// <summary>Samples from given starts and draws the samples.</summary>
    public static string SamplesFrom(string model, string sampler, string start, string plot, string file) =>
        $"scoregpu sample --model {model} --sampler {sampler} --start {start} --plot {plot} --out {file}";
}
