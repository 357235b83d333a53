extern alias dialect;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using dialect::ScoreGpu.Kernels.Dialect;
using ILGPU.Backends.OpenCL;
using ILGPU.Runtime.CPU;
using ILGPU.Runtime.Cuda;
using ILGPU.Runtime.OpenCL;
using ScoreGpu.Engine;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Ilgpu;
using ScoreGpu.Engine.Devices.Inspection;
using ScoreGpu.Engine.Devices.Kernel;
using ScoreGpu.Engine.Devices.Native;

namespace ScoreGpu.Ilgpu;

/// <summary>ILGPU's devices of this machine, usable or why not: CUDA, OpenCL, and its own on the CPU.</summary>
[SuppressMessage("Performance", "CA1812", Justification = "The engine makes it, by its name.")]
internal sealed class IlgpuDevices : IIlgpuDevices
{
    private const string Prefix = "ilgpu:";

    private static readonly Lazy<IReadOnlyList<IlgpuTarget>> OfMachine = new(Find);

    /// <inheritdoc/>
    public IReadOnlyList<DeviceSummary> Describe() => [.. OfMachine.Value.Select(Summary)];

    /// <inheritdoc/>
    public KernelMachine Open(string? selector) => new IlgpuMachine(Choose(OfMachine.Value, selector));

    /// <inheritdoc/>
    public KernelAssembly ToPtx(KernelDefinition kernel, int capability) =>
        new(IlgpuCompiler.ToPtx(kernel, capability), $"ILGPU {Context.Version}");

    /// <summary>The device that was asked for: an interface takes its first that is usable, nothing the first of all.
    /// </summary>
    internal static IlgpuTarget Choose(IReadOnlyList<IlgpuTarget> targets, string? selector)
    {
        IlgpuTarget[] fitting = [.. targets.Where(target => selector is null
            || target.Name == Prefix + selector
            || target.Name.StartsWith($"{Prefix}{selector}:", StringComparison.Ordinal))];
        if (fitting.Length == 0)
        {
            throw InputException.For(
                "device", Prefix + selector, $"one of {string.Join(", ", targets.Select(target => target.Name))}");
        }

        return fitting.FirstOrDefault(target => target.WhyNotUsable is null)
            ?? throw new InputException($"{fitting[0].Name} is not usable: {fitting[0].WhyNotUsable}.");
    }

    /// <summary>Why ILGPU does not take an OpenCL device; null where it does.</summary>
    internal static string? WhyNot(CLCVersion version, bool hasGenericAddressSpace) =>
        version < CLBackend.MinimumVersion
            ? $"its OpenCL C is {version}, and ILGPU writes {CLBackend.MinimumVersion}"
            : hasGenericAddressSpace ? null : "it has no generic address space, which ILGPU's OpenCL C needs";

    private static List<IlgpuTarget> Find()
    {
        IlgpuLibraries.Use();
        return
        [
            .. OfApi("cuda", "cuda", CudaDevice.GetDevices(_ => true), Cuda),
            .. OfApi("opencl", "OpenCL", CLDevice.GetDevices(_ => true), OpenCl),
            new IlgpuTarget(
                Prefix + "cpu",
                string.Create(
                    CultureInfo.InvariantCulture, $"kernels as ILGPU runs them on the CPU, {IlgpuMachine.Lanes} threads a core"),
                new CPUDevice(IlgpuMachine.Lanes, 1, Environment.ProcessorCount),
                null),
        ];
    }

    private static IEnumerable<IlgpuTarget> OfApi(
        string api, string library, IReadOnlyList<Device> devices, Func<string, Device, IlgpuTarget> make)
    {
        if (devices.Count > 0)
        {
            return devices.Select((device, index) =>
                make(string.Create(CultureInfo.InvariantCulture, $"{Prefix}{api}:{index}"), device));
        }

        string problem = OperatingSystem.IsLinux() && IlgpuLibraries.Find(library) is null
            ? $"lib{library}.so.1 was not found"
            : "ILGPU finds no device";
        return [new IlgpuTarget(Prefix + api, "", null, problem)];
    }

    private static IlgpuTarget Cuda(string name, Device device)
    {
        var cuda = (CudaDevice)device;
        return new IlgpuTarget(
            name,
            $"{device.Name} (ILGPU, {cuda.Architecture?.ToString() ?? "unknown architecture"})",
            device,
            cuda.Architecture is null || cuda.InstructionSet is null
                ? "ILGPU does not know its architecture, or the driver's version of PTX"
                : null);
    }

    private static IlgpuTarget OpenCl(string name, Device device)
    {
        var openCl = (CLDevice)device;
        return new IlgpuTarget(
            name,
            $"{device.Name} (ILGPU, {openCl.PlatformName})",
            device,
            WhyNot(openCl.CLStdVersion, openCl.Capabilities.GenericAddressSpace));
    }

    private static DeviceSummary Summary(IlgpuTarget target)
    {
        (TimeSpan? latency, string? problem) = MeasureLaunch(target);
        return new DeviceSummary(
            target.Name,
            target.Description,
            target.Device?.NumMultiprocessors ?? 0,
            target.Device switch
            {
                null => 0,
                CPUDevice => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes,
                _ => target.Device.MemorySize,
            },
            null,
            problem,
            latency);
    }

    private static (TimeSpan? Latency, string? Problem) MeasureLaunch(IlgpuTarget target)
    {
        if (target.WhyNotUsable is { } reason)
        {
            return (null, reason);
        }

        try
        {
            IlgpuRuntime runtime = IlgpuRuntime.Take(target);
            try
            {
                return (runtime.MeasureLaunch(), null);
            }
            finally
            {
                runtime.GiveBack();
            }
        }
        catch (Exception exception) when (exception is DeviceException or AcceleratorException)
        {
            return (null, exception.Message);
        }
    }
}
