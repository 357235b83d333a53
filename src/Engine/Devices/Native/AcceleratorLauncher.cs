using ScoreGpu.Kernels.Dialect;

namespace ScoreGpu.Engine.Devices.Native;

/// <summary>Runs generated kernels on an accelerator: compiles each at its first launch, and passes arguments as the
/// generated code takes them (<see cref="KernelDefinition"/>). One caller at a time.</summary>
internal sealed class AcceleratorLauncher : IKernelLauncher, IDisposable
{
    private readonly Accelerator _accelerator;
    private readonly IReadOnlyList<string> _options;
    private readonly KernelArguments _arguments = new();

    // By reference: a definition is a record with whole programs in it, and there is one of each.
    private readonly Dictionary<KernelDefinition, (AcceleratorProgram Program, AcceleratorKernel Kernel)> _compiled =
        new(ReferenceEqualityComparer.Instance);

    /// <summary>Prepares launches on an accelerator, which stays the caller's.</summary>
    /// <param name="accelerator">The opened device.</param>
    /// <param name="options">Options for every compilation, in the words of the device's compiler.</param>
    public AcceleratorLauncher(Accelerator accelerator, IReadOnlyList<string>? options = null)
    {
        _accelerator = accelerator;
        _options = options ?? [];
    }

    /// <inheritdoc/>
    /// <remarks>Returns before the kernel has run. Views are those of <see cref="AcceleratorBuffer{T}.View()"/>; a
    /// default view is passed as a null pointer.</remarks>
    /// <exception cref="ArgumentException">A view is not of this device's memory, or reaches beyond it.</exception>
    /// <exception cref="DeviceException">The kernel does not compile, or the driver refused the launch.</exception>
    public void Launch<TArguments>(KernelDefinition kernel, LaunchShape shape, in TArguments arguments)
        where TArguments : struct, IKernelArguments
    {
        ArgumentNullException.ThrowIfNull(kernel);
        kernel.Check(shape);
        AcceleratorKernel compiled = Compile(kernel);
        Binder binder = new(kernel, _arguments.Clear());
        arguments.Bind(ref binder);
        if (kernel.UsesDynamicShared)
        {
            _arguments.AddLocal(shape.DynamicSharedBytes);
        }

        if (kernel.NeedsDynamicSharedBytes)
        {
            _arguments.Add(shape.DynamicSharedBytes);
        }

        compiled.Launch(shape.Groups, shape.GroupSize, _arguments);

        // The list must not keep the buffers of the last launch alive.
        _arguments.Clear();
    }

    /// <summary>The compiled form of a kernel, which stays this launcher's.</summary>
    /// <exception cref="DeviceException">The kernel does not compile; the message has the compiler's log.</exception>
    public AcceleratorKernel Compile(KernelDefinition kernel)
    {
        if (_compiled.TryGetValue(kernel, out (AcceleratorProgram Program, AcceleratorKernel Kernel) found))
        {
            return found.Kernel;
        }

        AcceleratorProgram program = _accelerator.Compile(
            _accelerator.Language == KernelLanguage.OpenClC ? kernel.OpenClC : kernel.CudaC, _options);
        try
        {
            AcceleratorKernel compiled = program.Kernel(kernel.Name);
            _compiled.Add(kernel, (program, compiled));
            return compiled;
        }
        catch
        {
            program.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach ((AcceleratorProgram program, AcceleratorKernel kernel) in _compiled.Values)
        {
            kernel.Dispose();
            program.Dispose();
        }

        _compiled.Clear();
    }

    private readonly struct Binder(KernelDefinition kernel, KernelArguments arguments) : IKernelArgumentBinder
    {
        public void BindView<T>(int index, View<T> view)
            where T : unmanaged
        {
            if (view.Storage is not (null or AcceleratorMemory))
            {
                throw new ArgumentException(
                    $"Argument {kernel.Parameters[index].Name} of kernel '{kernel.Name}' is a view of the host's "
                    + "memory; expected one of the device's.");
            }

            arguments.AddView<T>((AcceleratorMemory?)view.Storage, view.Offset, view.IntLength);
            if (kernel.Parameters[index].NeedsLength)
            {
                arguments.Add(view.IntLength);
            }
        }

        public void BindValue<T>(int index, in T value)
            where T : struct => arguments.AddValue(value);
    }
}
