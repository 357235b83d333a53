using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Devices.Kernel;
using ScoreGpu.Engine.Devices.Native;
using ScoreGpu.Engine.Devices.OpenCl;
using ScoreGpu.Engine.Naming;

namespace ScoreGpu.Engine.Devices;

/// <summary>Every device by name.</summary>
public static class DeviceCatalog
{
    /// <summary>Stands for the fastest device that works on this machine.</summary>
    public const string Auto = "auto";

    /// <summary>The device that is used where none is named.</summary>
    public const string Default = "cpu";

    private const string Debug = "debug";
    private const string OpenCl = "opencl";
    private const char SelectorMark = ':';

    /// <summary>The devices' names. An accelerator's may be followed by a colon and its index or a part of its name.
    /// </summary>
    public static IReadOnlyList<string> Names { get; } = [Default, OpenCl, Debug];

    /// <summary>What a user may choose from: every name, and <see cref="Auto"/>.</summary>
    public static IReadOnlyList<string> Choices { get; } = [.. Names, Auto];

    /// <summary>What each device would run on here, and why one cannot be used.</summary>
    public static IReadOnlyList<DeviceSummary> Describe() =>
    [
        CpuSummary.Describe(),
        .. DescribeOpenCl(),
        new DeviceSummary(
            Debug,
            "the device kernels as plain C#, for breakpoints",
            Environment.ProcessorCount,
            GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            null,
            null),
    ];

    /// <summary>Whether a text names a device: one of <see cref="Choices"/>, or <c>opencl:0</c>, <c>opencl:NAME</c>.
    /// </summary>
    public static bool IsChoice(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Choices.Contains(name) || Selector(name) is not null;
    }

    /// <summary>Starts a device.</summary>
    /// <param name="name">One of <see cref="Choices"/>, or <c>opencl:</c> with an index or a part of a name.</param>
    /// <param name="threads">Threads of the cpu device; 0 takes one a core.</param>
    /// <exception cref="InputException">The name is unknown, or the device cannot start.</exception>
    /// <exception cref="DeviceException">The driver failed.</exception>
    public static IDevice Create(string name, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name switch
        {
            Default => new CpuDevice(threads),
            Debug => new KernelDevice(new DebugMachine()),
            Auto when OpenClDeviceCatalog.Current.BestGpu() is { } gpu => Open(gpu),
            Auto => new CpuDevice(threads),
            OpenCl => Open(AcceleratorCatalog.Choose(OpenCl)),
            _ when Selector(name) is string selector => Open(AcceleratorCatalog.Choose(OpenCl, selector)),
            _ => throw NearestNames.Unknown("device", name, Choices),
        };
    }

    private static string? Selector(string name) =>
        name.StartsWith(OpenCl + SelectorMark, StringComparison.Ordinal) && name.Length > OpenCl.Length + 1
            ? name[(OpenCl.Length + 1)..]
            : null;

    private static KernelDevice Open(AcceleratorInfo info) =>
        new(new AcceleratorMachine(AcceleratorCatalog.Open(info)));

    private static IEnumerable<DeviceSummary> DescribeOpenCl()
    {
        OpenClDeviceCatalog catalog = OpenClDeviceCatalog.Current;
        if (catalog.Devices.Count == 0)
        {
            yield return new DeviceSummary(OpenCl, "", 0, 0, null, catalog.WhyNone ?? "the driver lists no device");
        }

        foreach (OpenClDeviceInfo device in catalog.Devices)
        {
            yield return new DeviceSummary(
                $"{OpenCl}{SelectorMark}{device.Index}",
                $"{device.Name} ({device.Platform}, {device.Type})",
                device.ComputeUnits,
                device.GlobalMemoryBytes,
                null,
                device.WhyNotUsable);
        }
    }
}
