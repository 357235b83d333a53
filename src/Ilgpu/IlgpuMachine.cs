extern alias dialect;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using dialect::ScoreGpu.Kernels.Dialect;
using ILGPU.Runtime.CPU;
using ScoreGpu.Engine.Devices;
using ScoreGpu.Engine.Devices.Kernel;
using ScoreGpu.Engine.Devices.Native;

namespace ScoreGpu.Ilgpu;

/// <summary>Kernels compiled by ILGPU, on one of its devices. Each is compiled when it is first launched.</summary>
/// <remarks>
/// ILGPU's CPU device runs a thread a work-item of a group, and a barrier costs it three waits of all of them. So kernels
/// with barriers run there in groups of <see cref="Lanes"/>, as on the debug device, of which each core has one; and kernels
/// without, whose work-items know themselves by their index in the launch alone, in groups of one.
/// </remarks>
internal sealed class IlgpuMachine : KernelMachine
{
    /// <summary>The work-items of a group on the CPU, and ILGPU's warp there: the fewest with which the kernels of networks
    /// fill a slice of weights.</summary>
    public const int Lanes = 8;

    private const int GroupsOfUnit = 16;

    // ILGPU keeps the local memory of all groups until a launch ends.
    private const int CpuLocalMemoryBytes = 1 << 18;

    private readonly IlgpuTarget _target;
    private readonly IlgpuRuntime _runtime;
    private readonly AcceleratorStream _stream;
    private readonly Dictionary<KernelDefinition, (IlgpuKernel Kernel, KernelArgument[] Arguments)> _kernels =
        new(ReferenceEqualityComparer.Instance);

    /// <summary>Starts a device.</summary>
    public IlgpuMachine(IlgpuTarget target)
    {
        _target = target;
        _runtime = IlgpuRuntime.Take(target);
        _stream = _runtime.Accelerator.DefaultStream;
    }

    /// <inheritdoc/>
    public override string Name => _target.Name;

    /// <inheritdoc/>
    public override string Description => _target.Description;

    /// <inheritdoc/>
    public override long LocalMemoryBytes =>
        IsCpu ? CpuLocalMemoryBytes : _runtime.Accelerator.MaxSharedMemoryPerGroup;

    /// <inheritdoc/>
    public override int ComputeUnits => _runtime.Accelerator.NumMultiprocessors;

    /// <inheritdoc/>
    public override int BusyGroups => IsCpu ? ComputeUnits : GroupsOfUnit * ComputeUnits;

    private bool IsCpu => _target.Device is CPUDevice;

    /// <inheritdoc/>
    public override DeviceArray<T> Allocate<T>(int length)
    {
        length = Math.Max(1, length);
        try
        {
            return new IlgpuArray<T>(
                _stream, new IlgpuMemory(_runtime.Accelerator.Allocate1D<byte>((long)length * Unsafe.SizeOf<T>())), length);
        }
        catch (AcceleratorException exception)
        {
            throw new DeviceException(
                DeviceFailure.OutOfMemory, $"{Name}: an array of {length} elements: {exception.Message}");
        }
    }

    /// <inheritdoc/>
    public override void Launch<TArguments>(KernelDefinition kernel, LaunchShape shape, in TArguments arguments)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        kernel.Check(shape);
        if (!_kernels.TryGetValue(kernel, out (IlgpuKernel Kernel, KernelArgument[] Arguments) found))
        {
            IlgpuKernel compiled = _runtime.Compile(kernel);
            found = (compiled, compiled.CreateArguments());
            _kernels.Add(kernel, found);
        }

        var binder = new Binder(found.Arguments);
        arguments.Bind(ref binder);
        try
        {
            found.Kernel.Launch(_stream, ConfigurationOf(kernel, shape), found.Arguments);
        }
        catch (AcceleratorException exception)
        {
            throw new DeviceException($"{Name}: {kernel.Name}: {exception.Message}", exception);
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        if (_kernels.Count > 0)
        {
            _stream.Synchronize();
        }

        _kernels.Clear();
        _runtime.GiveBack();
    }

    /// <inheritdoc/>
    internal override DeviceRates? MeasureRates(int elements = MachineRates.CopiedElements) => IsCpu
        ? null
        : new DeviceRates(
            MachineRates.MultiplyAdds(this),
            MachineRates.Copies(this, elements),
            MachineRates.LocalReads(this),
            _runtime.MeasureLaunch());

    private KernelConfig ConfigurationOf(KernelDefinition kernel, LaunchShape shape)
    {
        (int groups, int size) = (shape.Groups, shape.GroupSize);
        if (IsCpu)
        {
            (groups, size) = kernel.UsesBarriers ? (groups, Math.Min(Lanes, size)) : (checked(groups * size), 1);
        }

        // ILGPU counts elements, and its CPU gives a kernel as many of whatever type: floats are what all kernels take.
        int floats = (shape.DynamicSharedBytes + sizeof(float) - 1) / sizeof(float);
        return kernel.UsesDynamicShared
            ? new KernelConfig(groups, size, SharedMemoryConfig.RequestDynamic<float>(floats))
            : new KernelConfig(groups, size);
    }

    private readonly struct Binder(KernelArgument[] arguments) : IKernelArgumentBinder
    {
        public void BindView<T>(int index, View<T> view)
            where T : unmanaged
        {
            if (view.Storage is not (null or IlgpuMemory))
            {
                throw new ArgumentException("A view is of memory that is not this device's.");
            }

            arguments[index].Set((IlgpuMemory?)view.Storage, view.Offset, view.IntLength);
        }

        public void BindValue<T>(int index, in T value)
            where T : struct => arguments[index].Set(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));
    }
}
