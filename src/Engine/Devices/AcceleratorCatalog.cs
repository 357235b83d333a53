using ScoreGpu.Engine.Devices.Cuda;
using ScoreGpu.Engine.Devices.Kernel;
using ScoreGpu.Engine.Devices.Native;
using ScoreGpu.Engine.Devices.OpenCl;

namespace ScoreGpu.Engine.Devices;

/// <summary>The accelerators of this machine, through CUDA and through OpenCL. A card may be listed under
/// both.</summary>
public static class AcceleratorCatalog
{
    /// <summary>The interfaces, best first.</summary>
    public static IReadOnlyList<string> Apis { get; } = ["cuda", "opencl"];

    /// <summary>All devices, usable or not; drivers are asked once.</summary>
    public static IReadOnlyList<AcceleratorInfo> Devices =>
        [.. CudaDeviceCatalog.Current.Devices, .. OpenClDeviceCatalog.Current.Devices];

    /// <summary>Why an interface has no device, or not all: a line for each of those, starting with its name.</summary>
    public static IReadOnlyList<string> Problems =>
        [.. Apis.Where(api => Problem(api) is not null).Select(api => $"{api}: {Problem(api)}")];

    /// <summary>Why an interface has no device, or not all; null where all is well.</summary>
    /// <param name="api">One of <see cref="Apis"/>.</param>
    public static string? Problem(string api) => api switch
    {
        "cuda" => CudaDeviceCatalog.Current.WhyNone,
        "opencl" => OpenClDeviceCatalog.Current.WhyNone,
        _ => throw UnknownApi(api),
    };

    /// <summary>The real GPU to use where nobody asked for a device, or null. CUDA comes first, where it is usable: its
    /// compiler is the one that knows the card.</summary>
    public static AcceleratorInfo? BestGpu() => BestGpu(Devices);

    /// <summary>The best of some devices.</summary>
    internal static AcceleratorInfo? BestGpu(IReadOnlyList<AcceleratorInfo> devices) =>
        Apis.Select(api => DeviceChoice.BestGpu(devices.Where(device => device.Api == api)))
            .FirstOrDefault(best => best is not null);

    /// <summary>The device that was asked for.</summary>
    /// <param name="api">One of <see cref="Apis"/>.</param>
    /// <param name="selector">An index, or a part of a name; null for the best.</param>
    /// <exception cref="InputException">No device fits, several do, or the one that does is not usable.</exception>
    public static AcceleratorInfo Choose(string api, string? selector = null) => api switch
    {
        "cuda" => CudaDeviceCatalog.Current.Choose(selector),
        "opencl" => OpenClDeviceCatalog.Current.Choose(selector),
        _ => throw UnknownApi(api),
    };

    /// <summary>Opens a device, runs an empty kernel many times, and gives the median time from a launch until the host
    /// knows that it ended.</summary>
    /// <exception cref="InputException">The device is not usable.</exception>
    /// <exception cref="DeviceException">The driver or its compiler failed.</exception>
    public static TimeSpan MeasureLaunchLatency(AcceleratorInfo device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return MeasureLaunchLatency(device, BinaryCache.OfUser);
    }

    /// <summary>Measures with a cache other than the user's.</summary>
    internal static TimeSpan MeasureLaunchLatency(AcceleratorInfo device, BinaryCache cache)
    {
        using Accelerator accelerator = Open(device, cache);
        return LaunchLatency.Measure(accelerator);
    }

    /// <summary>Opens a device and measures what it does at most: a fraction of a second on a GPU.</summary>
    /// <exception cref="InputException">The device is not usable.</exception>
    /// <exception cref="DeviceException">The driver or its compiler failed, or its memory is too small.</exception>
    public static DeviceRates MeasureRates(AcceleratorInfo device)
    {
        ArgumentNullException.ThrowIfNull(device);
        return MeasureRates(device, BinaryCache.OfUser, MachineRates.CopiedElements);
    }

    /// <summary>Measures with a cache other than the user's, and arrays of another length.</summary>
    internal static DeviceRates MeasureRates(AcceleratorInfo device, BinaryCache cache, int elements)
    {
        using var machine = new AcceleratorMachine(Open(device, cache));
        return machine.MeasureRates(elements);
    }

    /// <summary>Opens a device.</summary>
    /// <param name="device">A device of <see cref="Devices"/>.</param>
    /// <param name="cache">Where binaries are kept; null for the user's cache.</param>
    internal static Accelerator Open(AcceleratorInfo device, BinaryCache? cache = null) => device switch
    {
        CudaDeviceInfo cuda => new CudaContext(cuda, cache),
        OpenClDeviceInfo openCl => new OpenClContext(openCl, cache),
        _ => throw new ArgumentException($"'{device}' is of no known interface.", nameof(device)),
    };

    private static InputException UnknownApi(string api) =>
        InputException.For("The interface of an accelerator", api, string.Join(" or ", Apis));
}
