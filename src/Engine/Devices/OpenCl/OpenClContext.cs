using ScoreGpu.Engine.Devices.Native;
using ScoreGpu.Engine.Devices.OpenCl.Native;

namespace ScoreGpu.Engine.Devices.OpenCl;

/// <summary>An opened OpenCL device: a context with one queue that works in order.</summary>
internal sealed unsafe class OpenClContext : Accelerator
{
    private readonly OpenClContextHandle _context;
    private readonly OpenClQueueHandle _queue;

    /// <summary>Opens a device.</summary>
    /// <param name="device">A usable device.</param>
    /// <param name="cache">Where binaries are kept; null for the user's cache.</param>
    /// <exception cref="InputException">The device is not usable.</exception>
    /// <exception cref="OpenClException">The driver does not open it.</exception>
    public OpenClContext(OpenClDeviceInfo device, BinaryCache? cache = null)
        : base(device, cache ?? BinaryCache.OfUser)
    {
        if (device.WhyNotUsable is string reason)
        {
            throw new InputException($"{device} is not usable: {reason}.");
        }

        Device = device;
        nint* properties = stackalloc nint[] { OpenClConstants.ContextPlatform, device.PlatformId, 0 };
        nint id = device.DeviceId;
        _context = OpenClApi.CreateContext(properties, 1, &id, 0, 0, out int code);
        OpenClCode.Check(code, $"clCreateContext for {device}");
        _queue = OpenClApi.CreateCommandQueue(_context, device.DeviceId, 0, out code);
        if (code != OpenClCode.Success)
        {
            _context.Dispose();
            throw new OpenClException(code, $"clCreateCommandQueue for {device}");
        }
    }

    /// <summary>The device.</summary>
    public OpenClDeviceInfo Device { get; }

    /// <inheritdoc/>
    public override KernelLanguage Language => KernelLanguage.OpenClC;

    /// <summary>The context, for programs.</summary>
    internal OpenClContextHandle Context => _context;

    /// <summary>The queue, for buffers and kernels.</summary>
    internal OpenClQueueHandle Queue => _queue;

    /// <inheritdoc/>
    public override AcceleratorProgram Compile(string source, IReadOnlyList<string>? options = null) =>
        OpenClProgram.Build(this, source, options ?? [], Cache);

    /// <inheritdoc/>
    public override void Synchronize() => OpenClCode.Check(OpenClApi.Finish(_queue), "clFinish");

    /// <inheritdoc/>
    public override void Dispose()
    {
        _queue.Dispose();
        _context.Dispose();
    }

    private protected override AcceleratorMemory AllocateCore(long bytes, AllocationLedger ledger)
    {
        OpenClMemoryHandle memory = OpenClApi.CreateBuffer(
            _context, OpenClConstants.MemReadWrite, checked((nuint)bytes), null, out int code);
        OpenClCode.Check(code, $"clCreateBuffer of {bytes} bytes");
        memory.CountIn(ledger, bytes);
        return new OpenClBuffer(_queue, memory, bytes);
    }
}
