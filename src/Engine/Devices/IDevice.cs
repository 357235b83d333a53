using ScoreGpu.Engine.Data;
using ScoreGpu.Engine.Distributions;
using ScoreGpu.Engine.Networks;
using ScoreGpu.Engine.Training;

namespace ScoreGpu.Engine.Devices;

/// <summary>Something that runs the kernels. One caller at a time.</summary>
public interface IDevice : IDisposable
{
    /// <summary>The name that <c>--device</c> takes.</summary>
    string Name { get; }

    /// <summary>The hardware and the form of the kernels in words.</summary>
    string Description { get; }

    /// <summary>What the last bits of results depend on: the same here and on another machine, the same bits.</summary>
    string Arithmetic => $"{Name}, {Description}";

    /// <summary>Copies a network to the device.</summary>
    IDeviceNetwork Load(Network network);

    /// <summary>Copies a mixture to the device.</summary>
    IDeviceMixture Load(GaussianMixture mixture);

    /// <summary>Prepares training of a copy of <paramref name="network"/>.</summary>
    /// <param name="network">Where the weights start.</param>
    /// <param name="objective">What to minimise.</param>
    /// <param name="data">Where drawn batches come from.</param>
    /// <param name="options">The hyper-parameters.</param>
    /// <exception cref="InputException">The data's dimension is not the network's, an option is out of range, or the
    /// objective does not fit the network's conditioning.</exception>
    ITrainer Train(Network network, Objective objective, TrainingData data, TrainingOptions options);
}
