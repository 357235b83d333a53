using static ScoreGpu.Viz.Labs.Text.CommandText;

namespace ScoreGpu.Viz.Labs.ScoreMatching.Text;

/// <summary>The commands that make the lab's models, fields and samples anew, and some that go further.</summary>
/// <param name="data">What they have to make.</param>
internal sealed class ScoreMatchingCommands(ScoreMatchingData data)
{
    /// <summary>The whole lab.</summary>
    public string Lab => "scoregpu lab score-matching --out lab/score-matching" + Seed(data.Seed);

    /// <summary>Hyvärinen's training.</summary>
    public string Hyvarinen => Train("hyvarinen", data.Settings.HyvarinenSteps, "", "hyvarinen.safetensors");

    /// <summary>Denoising training at the lab's σ.</summary>
    public string Denoising => DenoisingAt(data.Settings.Sigma, "denoising.safetensors");

    /// <summary>Noise prediction.</summary>
    public string NoisePrediction => Train(
        "dsm", data.Settings.DenoisingSteps, $" --sigma {Plain(data.Settings.Sigma)} --predict epsilon", "noise.safetensors");

    /// <summary>Denoising training at a σ.</summary>
    public string DenoisingAt(double sigma, string file) =>
        Train("dsm", data.Settings.DenoisingSteps, $" --sigma {Plain(sigma)}", file);

    /// <summary>Another objective, for as many steps as Hyvärinen's training.</summary>
    public string Other(string process, string file) => Train(process, data.Settings.HyvarinenSteps, "", file);

    /// <summary>Training towards the exact score of the clusters of unlike weight.</summary>
    public string OfUnlikeWeights(string file) => TrainOn(
        ScoreMatchingLab.WeightsFile, "esm", data.Settings.DenoisingSteps, "", file);

    /// <summary>Draws a model's field.</summary>
    public static string Field(string model, string file) =>
        $"scoregpu field --model {model} --range -4 4 --out {file}";

    /// <summary>Samples and draws the samples.</summary>
    /// <param name="model">The model.</param>
    /// <param name="stepSize">η.</param>
    /// <param name="plot">The figure.</param>
    /// <param name="file">The samples.</param>
    public string Samples(string model, double stepSize, string plot, string file) =>
        $"scoregpu sample --model {model} --sampler langevin --steps {Plain(data.Settings.LangevinSteps)}"
        + $" --step-size {Plain(stepSize)} --count {Plain(data.Settings.Chains)}{Seed(data.Seed)} --plot {plot} --out {file}";

    /// <summary>Samples without the bias of the step size.</summary>
    public string Mala(string model, string plot, string file) =>
        $"scoregpu sample --model {model} --sampler mala --steps {Plain(data.Settings.LangevinSteps)}"
        + $" --count {Plain(data.Settings.Chains)}{Seed(data.Seed)} --plot {plot} --out {file}";

    private string Train(string process, int steps, string more, string file) =>
        TrainOn(ScoreTraining.DataName, process, steps, more, file);

    private string TrainOn(string points, string process, int steps, string more, string file) =>
        $"scoregpu train --data {points} --process {process}{more}"
        + $" --hidden {Plain(data.Settings.Hidden)} --layers {Plain(data.Settings.Layers)} --steps {Plain(steps)}"
        + $" --batch {Plain(data.Settings.BatchSize)} --lr {Rate(data.Settings.LearningRate)}{Seed(data.Seed)} --out {file}";
}
