using ScoreGpu.Engine.Devices;
using ScoreGpu.Viz.Labs.Training;

namespace ScoreGpu.Viz.Labs.ScoreFunctions;

/// <summary>The lab's three models, also on the device.</summary>
internal sealed class LabModels : IDisposable
{
    /// <summary>Loads the models.</summary>
    public LabModels(IDevice device, TrainedModel brief, TrainedModel thorough, TrainedModel remedy)
    {
        (Short, Long, Remedy) = (brief, thorough, remedy);
        ShortNetwork = device.Load(brief.Model.Network);
        LongNetwork = device.Load(thorough.Model.Network);
        RemedyNetwork = device.Load(remedy.Model.Network);
    }

    /// <summary>300 steps.</summary>
    public TrainedModel Short { get; }

    /// <summary>20,000 steps.</summary>
    public TrainedModel Long { get; }

    /// <summary>On a schedule that reaches pure noise.</summary>
    public TrainedModel Remedy { get; }

    /// <summary><see cref="Short"/> on the device.</summary>
    public IDeviceNetwork ShortNetwork { get; }

    /// <summary><see cref="Long"/> on the device.</summary>
    public IDeviceNetwork LongNetwork { get; }

    /// <summary><see cref="Remedy"/> on the device.</summary>
    public IDeviceNetwork RemedyNetwork { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        ShortNetwork.Dispose();
        LongNetwork.Dispose();
        RemedyNetwork.Dispose();
    }
}
