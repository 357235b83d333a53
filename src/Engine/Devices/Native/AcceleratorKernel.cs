namespace ScoreGpu.Engine.Devices.Native;

/// <summary>A kernel that can be launched. One thread at a time.</summary>
internal abstract class AcceleratorKernel : IDisposable
{
    private readonly AcceleratorInfo _device;

    private protected AcceleratorKernel(string name, AcceleratorInfo device)
    {
        Name = name;
        _device = device;
    }

    /// <summary>The kernel's name in the source.</summary>
    public string Name { get; }

    /// <summary>How many arguments the compiled kernel takes; null where the driver does not tell, and so cannot be
    /// asked to check.</summary>
    public abstract int? ArgumentCount { get; }

    /// <summary>What the compiler made of the kernel.</summary>
    public abstract KernelResources Resources { get; }

    /// <summary>Queues the kernel on <paramref name="groups"/> groups of <paramref name="groupSize"/> work-items, and
    /// returns without waiting.</summary>
    /// <exception cref="ArgumentException">The arguments are not those of the kernel.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The counts or the local memory are beyond the device's limits.
    /// </exception>
    /// <exception cref="DeviceException">The driver refused the launch.</exception>
    public void Launch(long groups, int groupSize, KernelArguments arguments)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(groups);
        if (groups == 0)
        {
            return;
        }

        if (groups > int.MaxValue)
        {
            throw OutOfRange(nameof(groups), $"{groups} groups", int.MaxValue);
        }

        if (groupSize < 1 || groupSize > Resources.MaxGroupSize)
        {
            throw OutOfRange(nameof(groupSize), $"groups of {groupSize} work-items", Resources.MaxGroupSize);
        }

        long local = Resources.LocalBytes + arguments.LocalBytes;
        if (local > _device.LocalMemoryBytes)
        {
            throw OutOfRange(nameof(arguments), $"{local} bytes of local memory", _device.LocalMemoryBytes);
        }

        LaunchCore((int)groups, groupSize, arguments);
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    private protected abstract void LaunchCore(int groups, int groupSize, KernelArguments arguments);

    private ArgumentOutOfRangeException OutOfRange(string parameter, string what, long limit) =>
        new(parameter, $"Kernel '{Name}' was launched with {what}; expected 1 to {limit} on {_device}.");
}
