using ScoreGpu.Kernels.Dialect;

namespace ScoreGpu.Engine.Devices.Kernel;

/// <summary>What runs kernels: arrays in its memory, and launches in the order in which they are asked for.</summary>
/// <remarks>
/// <see cref="DeviceCatalog.OpenMachine"/> opens one for kernels of one's own; the engine's devices are built on the same.
/// One caller at a time.
/// </remarks>
public abstract class KernelMachine : IKernelLauncher, IDisposable
{
    /// <summary>The name that <c>--device</c> takes.</summary>
    public abstract string Name { get; }

    /// <summary>The hardware and the form of the kernels in words.</summary>
    public abstract string Description { get; }

    /// <summary>Local memory of a group.</summary>
    public abstract long LocalMemoryBytes { get; }

    /// <summary>Units that run groups side by side.</summary>
    public abstract int ComputeUnits { get; }

    /// <summary>Groups that should be in flight to keep the machine busy.</summary>
    public abstract int BusyGroups { get; }

    /// <summary>Allocates an array; one of no elements has an element all the same.</summary>
    /// <param name="length">Elements, at least 0.</param>
    /// <typeparam name="T">A number, or a struct of numbers.</typeparam>
    public abstract DeviceArray<T> Allocate<T>(int length)
        where T : unmanaged;

    /// <summary>Allocates an array and copies elements to it.</summary>
    /// <param name="values">The elements.</param>
    /// <typeparam name="T">A number, or a struct of numbers.</typeparam>
    public DeviceArray<T> Copy<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        DeviceArray<T> array = Allocate<T>(values.Length);
        array.Write(values);
        return array;
    }

    /// <summary>Allocates an array of zeros.</summary>
    public DeviceArray<float> Zeros(int length)
    {
        DeviceArray<float> array = Allocate<float>(length);
        array.Clear();
        return array;
    }

    /// <inheritdoc/>
    public abstract void Launch<TArguments>(KernelDefinition kernel, LaunchShape shape, in TArguments arguments)
        where TArguments : struct, IKernelArguments;

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Measures what the machine does at most; null where its times say nothing.</summary>
    /// <param name="elements">The length of the arrays that are copied; more than the caches hold.</param>
    internal virtual DeviceRates? MeasureRates(int elements = MachineRates.CopiedElements) => null;
}
