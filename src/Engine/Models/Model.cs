using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Networks;

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
    /// <exception cref="InputException">The network's conditioning does not go with the process, or the scale is of
    /// another dimension.</exception>
    public Model(Network network, Prediction predicts, ModelProcess process, string data, DataScale? scale = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(process);
        ArgumentNullException.ThrowIfNull(data);
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

    /// <summary>The score over the network's output at a time: 1, or −1/σ where the network predicts ε.</summary>
    /// <exception cref="InputException">The process has no such time.</exception>
    public double ScoreFactor(double time)
    {
        Process.RequireTime(time);
        return Predicts == Prediction.Score ? 1.0 : Process.Diffusion.ScoreFromEpsilon(1.0, time);
    }

    /// <summary>Score of a network output, entry by entry.</summary>
    /// <exception cref="InputException">The process has no such time.</exception>
    public double Score(double output, double time) => ScoreFactor(time) * output;

    /// <summary>ε of a network output, entry by entry.</summary>
    /// <exception cref="InputException">The process has no such time.</exception>
    public double Epsilon(double output, double time)
    {
        Process.RequireTime(time);
        return Predicts == Prediction.Epsilon ? output : Process.Diffusion.EpsilonFromScore(output, time);
    }

    /// <summary>x̂₀ of a network output at x, entry by entry.</summary>
    /// <exception cref="InputException">The process has no such time.</exception>
    public double Denoised(double x, double output, double time)
    {
        Process.RequireTime(time);
        return Predicts == Prediction.Epsilon
            ? Process.Diffusion.DenoisedFromEpsilon(x, output, time)
            : Process.Diffusion.DenoisedFromScore(x, output, time);
    }
}
