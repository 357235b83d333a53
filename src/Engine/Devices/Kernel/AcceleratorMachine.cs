using ScoreGpu.Engine.Devices.Native;
using ScoreGpu.Kernels.Dialect;

namespace ScoreGpu.Engine.Devices.Kernel;

/// <summary>Kernels compiled by a driver, on one of its devices. Each is compiled when it is first launched.</summary>
internal sealed class AcceleratorMachine : KernelMachine
{
    private const int GroupsOfUnit = 16;

    private readonly Accelerator _accelerator;
    private readonly Dictionary<KernelDefinition, AcceleratorKernel> _kernels = new(ReferenceEqualityComparer.Instance);
    private readonly List<AcceleratorProgram> _programs = [];
    private readonly KernelArguments _arguments = new();

    /// <summary>Takes over an opened device.</summary>
    public AcceleratorMachine(Accelerator accelerator)
    {
        _accelerator = accelerator;
    }

    /// <inheritdoc/>
    public override string Name => _accelerator.Info.Api;

    /// <inheritdoc/>
    public override string Description => _accelerator.Info.ToString();

    /// <inheritdoc/>
    public override long LocalMemoryBytes => _accelerator.Info.LocalMemoryBytes;

    /// <inheritdoc/>
    public override int BusyGroups => GroupsOfUnit * _accelerator.Info.ComputeUnits;

    /// <inheritdoc/>
    public override DeviceArray<T> Allocate<T>(int length) =>
        new AcceleratorArray<T>(_accelerator.Allocate<T>(Math.Max(1, length)));

    /// <inheritdoc/>
    public override void Launch<TArguments>(KernelDefinition kernel, LaunchShape shape, in TArguments arguments)
    {
        kernel.Check(shape);
        var binder = new Binder(kernel, _arguments.Clear());
        arguments.Bind(ref binder);
        if (kernel.UsesDynamicShared)
        {
            _arguments.AddLocal(shape.DynamicSharedBytes);
            if (kernel.NeedsDynamicSharedBytes)
            {
                _arguments.Add(shape.DynamicSharedBytes);
            }
        }

        Find(kernel).Launch(shape.Groups, shape.GroupSize, _arguments);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (var kernel in _kernels.Values)
        {
            kernel.Dispose();
        }

        foreach (var program in _programs)
        {
            program.Dispose();
        }

        _accelerator.Dispose();
    }

    private AcceleratorKernel Find(KernelDefinition definition)
    {
        if (!_kernels.TryGetValue(definition, out AcceleratorKernel? kernel))
        {
            string source = _accelerator.Language == KernelLanguage.OpenClC ? definition.OpenClC : definition.CudaC;
            AcceleratorProgram program = _accelerator.Compile(source);
            _programs.Add(program);
            kernel = program.Kernel(definition.Name);
            _kernels.Add(definition, kernel);
        }

        return kernel;
    }

    private readonly ref struct Binder(KernelDefinition kernel, KernelArguments arguments) : IKernelArgumentBinder
    {
        public void BindView<T>(int index, View<T> view)
            where T : unmanaged
        {
            arguments.AddView((AcceleratorBuffer<T>)view.Storage!, view.Offset);
            if (kernel.Parameters[index].NeedsLength)
            {
                arguments.Add(view.IntLength);
            }
        }

        public void BindValue<T>(int index, in T value)
            where T : unmanaged => arguments.AddValue(value);
    }

    private sealed class AcceleratorArray<T>(AcceleratorBuffer<T> buffer) : DeviceArray<T>
        where T : unmanaged
    {
        /// <inheritdoc/>
        public override int Length => (int)buffer.Length;

        /// <inheritdoc/>
        public override View<T> View => new(buffer, 0, Length);

        /// <inheritdoc/>
        public override void Write(ReadOnlySpan<T> source, int start = 0) => buffer.Write(source, start);

        /// <inheritdoc/>
        public override void Read(Span<T> destination, int start = 0) => buffer.Read(destination, start);

        /// <inheritdoc/>
        public override void Clear() => buffer.Clear();

        /// <inheritdoc/>
        public override void Dispose() => buffer.Dispose();
    }
}
