using ScoreGpu.Engine.Devices.Cpu;
using ScoreGpu.Engine.Devices.Ilgpu;
using ScoreGpu.Engine.Devices.Kernel;
using ScoreGpu.Engine.Devices.Native;
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

    /// <summary>The devices' names. An accelerator's may be followed by a colon and its index or a part of its name, and
    /// ILGPU's by a colon and its own device.</summary>
    public static IReadOnlyList<string> Names { get; } = [Default, .. AcceleratorCatalog.Apis, IlgpuAssembly.Name, Debug];

    /// <summary>What a user may choose from: every name, and <see cref="Auto"/>.</summary>
    public static IReadOnlyList<string> Choices { get; } = [.. Names, Auto];

    /// <summary>What each device would run on here, how long a launch takes there, and why one cannot be used.
    /// </summary>
    /// <remarks>Starts every usable accelerator to time a launch.</remarks>
    public static IReadOnlyList<DeviceSummary> Describe() =>
    [
        CpuSummary.Describe(),
        .. AcceleratorCatalog.Apis.SelectMany(DescribeAccelerators),
        .. IlgpuAssembly.Devices?.Describe()
            ?? [new DeviceSummary(IlgpuAssembly.Name, "", 0, 0, null, IlgpuAssembly.HowToGet)],
        new DeviceSummary(
            Debug,
            "the device kernels as plain C#, for breakpoints",
            Environment.ProcessorCount,
            GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
            null,
            null),
    ];

    /// <summary>Whether a text names a device: one of <see cref="Choices"/>, or an accelerator's name as in
    /// <c>cuda:0</c>, <c>opencl:NAME</c>, <c>ilgpu:cpu</c>.</summary>
    public static bool IsChoice(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Choices.Contains(name)
            || AcceleratorName.TryParse(name, out _)
            || IlgpuAssembly.TryParse(name, out _);
    }

    /// <summary>Starts a device.</summary>
    /// <param name="name">One of <see cref="Choices"/>, or an accelerator's with a colon and an index or a part of its
    /// name.</param>
    /// <param name="threads">Threads of the cpu device; 0 takes one a core.</param>
    /// <exception cref="InputException">The name is unknown, or the device cannot start.</exception>
    /// <exception cref="DeviceException">The driver failed.</exception>
    public static IDevice Create(string name, int threads = 0)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name switch
        {
            Default => new CpuDevice(threads),
            Auto when AcceleratorCatalog.BestGpu() is { } gpu => new KernelDevice(Open(gpu)),
            Auto => new CpuDevice(threads),
            _ when IsChoice(name) => new KernelDevice(OpenMachine(name)),
            _ => throw NearestNames.Unknown("device", name, Choices),
        };
    }

    /// <summary>Starts what runs kernels on a device, for kernels of one's own.</summary>
    /// <remarks>
    /// <c>debug</c> runs a kernel that has barriers in groups of eight threads, whatever size is asked for, so that such a
    /// kernel must be right for groups of any size and for any number of them.
    /// </remarks>
    /// <param name="name">A device that runs kernels: <c>debug</c>, or an accelerator's name as in <see cref="Create"/>.
    /// </param>
    /// <exception cref="InputException">The name is not that of such a device, or it cannot start.</exception>
    /// <exception cref="DeviceException">The driver failed.</exception>
    public static KernelMachine OpenMachine(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name switch
        {
            Debug => new DebugMachine(),
            _ when AcceleratorName.TryParse(name, out AcceleratorName? accelerator) =>
                Open(AcceleratorCatalog.Choose(accelerator.Value.Api, accelerator.Value.Selector)),
            _ when IlgpuAssembly.TryParse(name, out string? selector) => IlgpuAssembly.Required.Open(selector),
            _ => throw InputException.For(
                "device",
                name,
                $"one that runs kernels: {Debug} or {string.Join(" or ", AcceleratorCatalog.Apis)} or {IlgpuAssembly.Name}"),
        };
    }

    private static AcceleratorMachine Open(AcceleratorInfo info) => new(AcceleratorCatalog.Open(info));

    private static IEnumerable<DeviceSummary> DescribeAccelerators(string api)
    {
        AcceleratorInfo[] devices = [.. AcceleratorCatalog.Devices.Where(device => device.Api == api)];
        if (devices.Length == 0 || AcceleratorCatalog.Problem(api) is not null)
        {
            string problem = AcceleratorCatalog.Problem(api) ?? "the driver lists no device";
            yield return new DeviceSummary(api, "", 0, 0, null, problem);
        }

        foreach (AcceleratorInfo device in devices)
        {
            (TimeSpan? latency, string? problem) = MeasureLaunch(device);
            yield return new DeviceSummary(
                $"{api}{AcceleratorName.Mark}{device.Index}",
                $"{device.Name} ({device.Platform}, {device.Type})",
                device.ComputeUnits,
                device.GlobalMemoryBytes,
                null,
                problem,
                latency);
        }
    }

    private static (TimeSpan? Latency, string? Problem) MeasureLaunch(AcceleratorInfo device)
    {
        if (!device.IsUsable)
        {
            return (null, device.WhyNotUsable);
        }

        try
        {
            return (AcceleratorCatalog.MeasureLaunchLatency(device), null);
        }
        catch (DeviceException exception)
        {
            return (null, exception.Message);
        }
    }
}
