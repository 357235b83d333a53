using ScoreGpu.Engine.Devices.Native;
using ScoreGpu.Engine.Devices.OpenCl.Native;

namespace ScoreGpu.Engine.Devices.OpenCl;

/// <summary>A kernel of an OpenCL program.</summary>
internal sealed unsafe class OpenClKernel : AcceleratorKernel
{
    private readonly OpenClContext _context;
    private readonly OpenClKernelHandle _kernel;
    private readonly int _argumentCount;

    /// <summary>Takes over a kernel.</summary>
    public OpenClKernel(OpenClContext context, OpenClKernelHandle kernel, string name)
        : base(name, context.Device)
    {
        _context = context;
        _kernel = kernel;
        _argumentCount = (int)OpenClQuery.Value<uint>(
            "clGetKernelInfo",
            OpenClConstants.KernelNumArgs,
            (parameter, size, value, used) => OpenClApi.GetKernelInfo(kernel, parameter, size, value, used));
        Resources = new KernelResources(
            (int)Math.Min(Get<nuint>(OpenClConstants.KernelWorkGroupSize), int.MaxValue),
            (int)Get<nuint>(OpenClConstants.KernelPreferredWorkGroupSizeMultiple),
            (long)Get<ulong>(OpenClConstants.KernelLocalMemSize),
            (long)Get<ulong>(OpenClConstants.KernelPrivateMemSize),
            Registers: null);
    }

    /// <inheritdoc/>
    public override int? ArgumentCount => _argumentCount;

    /// <inheritdoc/>
    public override KernelResources Resources { get; }

    /// <inheritdoc/>
    public override void Dispose() => _kernel.Dispose();

    private protected override void LaunchCore(int groups, int groupSize, KernelArguments arguments)
    {
        int count = 0;
        foreach (ref readonly KernelArgument argument in arguments.Items)
        {
            count += argument.Kind == KernelArgumentKind.View ? 2 : 1;
        }

        if (count != _argumentCount)
        {
            throw new ArgumentException(
                $"Kernel '{Name}' takes {_argumentCount} arguments (a view counts as two); {count} were given.",
                nameof(arguments));
        }

        uint index = 0;
        foreach (ref readonly KernelArgument argument in arguments.Items)
        {
            index = Set(index, argument, arguments);
        }

        nuint local = (nuint)groupSize;
        nuint global = (nuint)groups * local;
        int code = OpenClApi.EnqueueNDRangeKernel(
            _context.Queue, _kernel, 1, null, &global, &local, 0, null, null);

        // OpenCL holds on to an argument's memory from the queueing on, not from being set.
        GC.KeepAlive(arguments);
        if (code != OpenClCode.Success)
        {
            throw new OpenClException(code, $"clEnqueueNDRangeKernel of '{Name}' ({groups} groups of {groupSize})");
        }
    }

    /// <summary>Sets what an argument stands for, and gives the index of the next.</summary>
    private uint Set(uint index, in KernelArgument argument, KernelArguments arguments)
    {
        switch (argument.Kind)
        {
            case KernelArgumentKind.Local:
                Set(index, (nuint)argument.Bytes, null);
                return index + 1;
            case KernelArgumentKind.Value:
                Set(index, (nuint)argument.Bytes, arguments.AddressOf(argument));
                return index + 1;
            default:
                nint memory = argument.Memory is null ? 0 : HandleOf(argument.Memory, index);
                Set(index, (nuint)sizeof(nint), &memory);
                if (argument.Kind == KernelArgumentKind.Buffer)
                {
                    return index + 1;
                }

                int start = (int)argument.Start;
                Set(index + 1, sizeof(int), &start);
                return index + 2;
        }
    }

    private nint HandleOf(AcceleratorMemory memory, uint index) =>
        memory is OpenClBuffer buffer && buffer.BelongsTo(_context)
            ? buffer.Handle.DangerousGetHandle()
            : throw new ArgumentException($"Argument {index} of kernel '{Name}' is a buffer of another device.");

    private void Set(uint index, nuint size, void* value)
    {
        int code = OpenClApi.SetKernelArg(_kernel, index, size, value);
        if (code != OpenClCode.Success)
        {
            throw new OpenClException(code, $"clSetKernelArg {index} ({size} bytes) of kernel '{Name}'");
        }
    }

    private T Get<T>(uint name)
        where T : unmanaged =>
        OpenClQuery.Value<T>(
            "clGetKernelWorkGroupInfo",
            name,
            (parameter, size, value, used) =>
                OpenClApi.GetKernelWorkGroupInfo(_kernel, _context.Device.DeviceId, parameter, size, value, used));
}
