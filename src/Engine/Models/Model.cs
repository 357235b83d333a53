using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Processes;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Engine.Models;

/// <summary>A network together with what it means: what it predicts, of which process, trained on which data.</summary>
/// <remarks>Network and process live in model units, which <see cref="Scale"/> leads to data units from.</remarks>
public sealed class Model
{
    /// <summary>Puts a model together.</summary>
    /// <param name="network">The weights.</param>
    /// <param name="predicts">What the output is.</param>
    /// <param name="process">Which noise the network was trained on.</param>
    /// <param name="data">The training data's name, as the command line takes it; for information.</param>
    /// <param name="scale">How the training points were standardised; null where they were taken as they are.</param>
    /// <exception cref="InputException">The network's conditioning or the prediction does not go with the process, or the
    /// scale is of another dimension.</exception>
    public Model(Network network, Prediction predicts, ModelProcess process, string data, DataScale? scale = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(process);
        ArgumentNullException.ThrowIfNull(data);
        process.Diffusion.RequirePrediction(predicts);
        process.RequireConditioning(network.Architecture.Conditioning);
        if (scale is not null && scale.Dimension != network.Architecture.Dimension)
        {
            throw InputException.For(
                "the scale's dimension", scale.Dimension, $"{network.Architecture.Dimension}, as the network's");
        }

        Network = network;
        Predicts = predicts;
        Process = process;
        Data = data;
        Scale = scale;
    }

    /// <summary>The weights.</summary>
    public Network Network { get; }

    /// <summary>What the output is.</summary>
    public Prediction Predicts { get; }

    /// <summary>Which noise the network was trained on.</summary>
    public ModelProcess Process { get; }

    /// <summary>The training data's name.</summary>
    public string Data { get; }

    /// <summary>How the training points were standardised; null where model units are data units.</summary>
    public DataScale? Scale { get; }

    /// <summary>The objective that it was trained with; null where nobody knows.</summary>
    public string? Objective { get; init; }

    /// <summary>How much each time counted; null where nobody knows, or where the objective has no choice.</summary>
    public LossWeight? Weight { get; init; }

    /// <summary>What the network is told at a time of the process.</summary>
    /// <param name="time">The time.</param>
    public double ConditionAt(double time) => Process.ConditionAt(time, Network.Architecture.Conditioning);

    /// <summary>The weights of x and of the network's output in a quantity at a time: q = a·x_t + b·output.</summary>
    /// <param name="to">q.</param>
    /// <param name="time">A time of the process.</param>
    /// <returns>a and b; b is infinite for the score of another prediction where σ = 0.</returns>
    /// <exception cref="InputException">The process has no such time, or no such quantity.</exception>
    public (double OfState, double OfOutput) Convert(Prediction to, double time)
    {
        Process.RequireTime(time);
        return Process.Diffusion.Convert(Predicts, to, time);
    }
}
