using ScoreGpu.Engine.Devices;

namespace ScoreGpu.Tests.Conformance;

/// <summary>What every device must do, held against the float64 reference; a sealed subclass a device.</summary>
public abstract partial class DeviceConformance : IDisposable
{
    private readonly List<IDevice> _devices = [];

    public static TheoryData<string> Cases => [.. ConformanceCase.Names];

    /// <summary>
    /// A rounding is 6e-8 and a sum over up to 145 products rarely passes ten of them, layer after layer.
    /// </summary>
    protected virtual double ValueTolerance => 5e-6;

    /// <summary>Gradients sum over the batch on top.</summary>
    protected virtual double GradientTolerance => 2e-5;

    /// <summary>How many ways there are to run the same work, which must give the same bits.</summary>
    protected abstract int Variants { get; }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Starts the device, or skips the test with the reason.</summary>
    /// <param name="variant">0 is the default.</param>
    protected abstract IDevice Start(int variant);

    protected virtual void Dispose(bool disposing)
    {
        foreach (var device in _devices)
        {
            device.Dispose();
        }

        _devices.Clear();
    }

    private IDevice Device(int variant = 0)
    {
        var device = Start(variant);
        _devices.Add(device);
        return device;
    }
}
