using ScoreGpu.Engine.Devices.Cuda.Native;
using ScoreGpu.Engine.Devices.Native;

namespace ScoreGpu.Engine.Devices.Cuda;

/// <summary>A kernel of a CUDA program.</summary>
internal sealed unsafe class CudaKernel : AcceleratorKernel
{
    /// <summary>Shared memory that a kernel gets without asking for more.</summary>
    private const int DefaultSharedBytes = 48 << 10;

    private readonly CudaContext _context;
    private readonly CudaModuleHandle _module;
    private readonly nint _function;
    private readonly long[]? _parameterBytes;
    private int _maxSharedBytes;
    private bool _isDisposed;

    /// <summary>Describes a function of a module.</summary>
    public CudaKernel(CudaContext context, CudaModuleHandle module, nint function, string name)
        : base(name, context.Device)
    {
        _context = context;
        _module = module;
        _function = function;
        _parameterBytes = CudaApi.HasParameterInfo ? ParameterBytes() : null;
        Resources = new KernelResources(
            Get(CudaConstants.FuncMaxThreadsPerBlock),
            context.Device.WarpSize,
            Get(CudaConstants.FuncSharedSizeBytes),
            Get(CudaConstants.FuncLocalSizeBytes),
            Get(CudaConstants.FuncNumRegs));
        _maxSharedBytes = DefaultSharedBytes - (int)Resources.LocalBytes;
    }

    /// <inheritdoc/>
    public override int? ArgumentCount => _parameterBytes?.Length;

    /// <inheritdoc/>
    public override KernelResources Resources { get; }

    /// <summary>The share of a multiprocessor's threads that are in use when it holds as many groups as fit.</summary>
    /// <param name="groupSize">Threads of a group.</param>
    /// <param name="localBytes">Shared memory that the launch adds.</param>
    public double Occupancy(int groupSize, long localBytes)
    {
        MakeReady(localBytes);
        int blocks = 0;
        CudaCode.Check(
            CudaApi.OccupancyMaxActiveBlocksPerMultiprocessor(&blocks, _function, groupSize, (nuint)localBytes),
            "cuOccupancyMaxActiveBlocksPerMultiprocessor");
        return (double)blocks * groupSize / Math.Max(_context.Device.MaxThreadsPerMultiprocessor, 1);
    }

    /// <inheritdoc/>
    public override void Dispose() => _isDisposed = true;

    private protected override void LaunchCore(int groups, int groupSize, KernelArguments arguments)
    {
        ReadOnlySpan<KernelArgument> items = arguments.Items;
        ulong* addresses = stackalloc ulong[items.Length + 1];
        void** parameters = stackalloc void*[items.Length + 1];
        int count = 0;
        foreach (ref readonly KernelArgument argument in items)
        {
            // Local memory is no parameter of a CUDA kernel, but a part of its one dynamic array.
            if (argument.Kind == KernelArgumentKind.Local)
            {
                continue;
            }

            if (argument.Kind == KernelArgumentKind.Value)
            {
                CheckSize(count, argument.Bytes);
                parameters[count] = arguments.AddressOf(argument);
            }
            else
            {
                CheckSize(count, sizeof(ulong));
                addresses[count] = AddressOf(argument, count);
                parameters[count] = &addresses[count];
            }

            count++;
        }

        if (_parameterBytes is not null && count != _parameterBytes.Length)
        {
            throw new ArgumentException(
                $"Kernel '{Name}' takes {_parameterBytes.Length} arguments; {count} were given.", nameof(arguments));
        }

        MakeReady(arguments.LocalBytes);
        int code = CudaApi.LaunchKernel(
            _function,
            (uint)groups,
            1,
            1,
            (uint)groupSize,
            1,
            1,
            (uint)arguments.LocalBytes,
            _context.Stream.Value,
            parameters,
            null);
        GC.KeepAlive(arguments);
        CudaCode.Check(code, $"cuLaunchKernel of '{Name}' ({groups} groups of {groupSize})");
    }

    private ulong AddressOf(in KernelArgument argument, int index)
    {
        if (argument.Memory is null)
        {
            return 0;
        }

        if (argument.Memory is not CudaBuffer buffer || !buffer.BelongsTo(_context))
        {
            throw new ArgumentException(
                $"Argument {index} of kernel '{Name}' is a buffer of another device.", nameof(argument));
        }

        long offset = argument.Kind == KernelArgumentKind.View ? argument.Start * argument.Bytes : 0;
        return buffer.Address + (ulong)offset;
    }

    private void CheckSize(int index, long bytes)
    {
        // The driver copies as many bytes as the kernel's parameter has, whatever is there.
        if (_parameterBytes is not null && index < _parameterBytes.Length && _parameterBytes[index] != bytes)
        {
            throw new ArgumentException(
                $"Argument {index} of kernel '{Name}' has {bytes} bytes; expected {_parameterBytes[index]}.");
        }
    }

    private void MakeReady(long localBytes)
    {
        ObjectDisposedException.ThrowIf(_isDisposed || _module.IsClosed, this);
        _context.Context.MakeCurrent();
        if (localBytes > _maxSharedBytes)
        {
            CudaCode.Check(
                CudaApi.FuncSetAttribute(
                    _function, CudaConstants.FuncMaxDynamicSharedSizeBytes, checked((int)localBytes)),
                $"cuFuncSetAttribute ({localBytes} bytes of shared memory for '{Name}')");
            _maxSharedBytes = (int)localBytes;
        }
    }

    private long[] ParameterBytes()
    {
        List<long> sizes = [];
        nuint offset = 0;
        nuint bytes = 0;
        while (CudaApi.FuncGetParamInfo(_function, (nuint)sizes.Count, &offset, &bytes) == CudaCode.Success)
        {
            sizes.Add((long)bytes);
        }

        return [.. sizes];
    }

    private int Get(int attribute)
    {
        int value = 0;
        CudaCode.Check(
            CudaApi.FuncGetAttribute(&value, attribute, _function), $"cuFuncGetAttribute {attribute} of '{Name}'");
        return value;
    }
}
