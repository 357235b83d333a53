using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Engine.Models;

/// <summary>A network together with what it means: what it predicts, of which process, trained on which data.</summary>
public sealed class Model
{
    /// <summary>Puts a model together.</summary>
    /// <param name="network">The weights.</param>
    /// <param name="predicts">What the output is.</param>
    /// <param name="process">Which noise the network was trained on.</param>
    /// <param name="data">The training data's name, as the command line takes it; for information.</param>
    /// <exception cref="InputException">The network's conditioning or the prediction does not go with the process.
    /// </exception>
    public Model(Network network, Prediction predicts, ModelProcess process, string data)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(process);
        ArgumentNullException.ThrowIfNull(data);
        predicts.RequireFits(process.Diffusion);
        process.RequireConditioning(network.Architecture.Conditioning);
        Network = network;
        Predicts = predicts;
        Process = process;
        Data = data;
    }

    /// <summary>The weights.</summary>
    public Network Network { get; }

    /// <summary>What the output is.</summary>
    public Prediction Predicts { get; }

    /// <summary>Which noise the network was trained on.</summary>
    public ModelProcess Process { get; }

    /// <summary>The training data's name.</summary>
    public string Data { get; }

    /// <summary>The objective that it was trained with; null where nobody knows.</summary>
    public string? Objective { get; init; }

    /// <summary>How much each time counted; null where nobody knows, or where the objective has no choice.</summary>
    public LossWeight? Weight { get; init; }

    /// <summary>The weights that turn the network's output into another quantity: q = a·x_t + b·output.</summary>
    /// <param name="to">q.</param>
    /// <param name="time">A time of the process.</param>
    /// <returns>a and b; b is infinite for the score of another prediction where σ = 0.</returns>
    /// <exception cref="InputException">The process has no such time or prediction.</exception>
    public (double OfState, double OfOutput) Convert(Prediction to, double time)
    {
        Process.RequireTime(time);
        if (to == Predicts)
        {
            return (0.0, 1.0);
        }

        // The score goes by way of ε: its own coefficient is infinite where σ = 0.
        var process = Process.Diffusion;
        double epsilonOfScore = process.EpsilonFromScore(1.0, time);
        bool isScore = Predicts == Prediction.Score;
        var (a, b) = process.Convert(
            (isScore ? Prediction.Epsilon : Predicts).FormAt(process, time),
            (to == Prediction.Score ? Prediction.Epsilon : to).FormAt(process, time),
            time);
        b *= isScore ? epsilonOfScore : 1.0;
        return to == Prediction.Score
            ? (a == 0.0 ? 0.0 : a / epsilonOfScore, b / epsilonOfScore)
            : (a, b);
    }

    /// <summary>The score over the network's output at a time: 1, or −1/σ where the network predicts ε.</summary>
    /// <exception cref="InputException">The process has no such time, or the score is no multiple of the output.</exception>
    public double ScoreFactor(double time)
    {
        var (ofState, ofOutput) = Convert(Prediction.Score, time);
        return ofState == 0.0
            ? ofOutput
            : throw InputException.For(
                "predict", Predictions.NameOf(Predicts), "epsilon or score, of which the score is a multiple");
    }
}
