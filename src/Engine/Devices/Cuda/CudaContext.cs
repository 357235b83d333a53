using ScoreGpu.Engine.Devices.Cuda.Native;
using ScoreGpu.Engine.Devices.Native;

namespace ScoreGpu.Engine.Devices.Cuda;

/// <summary>An opened CUDA device: its primary context, with one stream that works in order.</summary>
internal sealed class CudaContext : Accelerator
{
    private readonly CudaContextHandle _context;
    private readonly CudaStreamHandle _stream;

    /// <summary>Opens a device.</summary>
    /// <param name="device">A usable device.</param>
    /// <param name="cache">Where compiled programs are kept; null for the user's cache.</param>
    /// <exception cref="InputException">The device is not usable.</exception>
    /// <exception cref="CudaException">The driver does not open it.</exception>
    public CudaContext(CudaDeviceInfo device, BinaryCache? cache = null)
        : base(device, cache ?? BinaryCache.OfUser)
    {
        if (device.WhyNotUsable is string reason)
        {
            throw new InputException($"{device} is not usable: {reason}.");
        }

        Device = device;
        _context = new CudaContextHandle(device.Device);
        try
        {
            _stream = new CudaStreamHandle(_context);
        }
        catch
        {
            _context.Dispose();
            throw;
        }
    }

    /// <summary>The device.</summary>
    public CudaDeviceInfo Device { get; }

    /// <inheritdoc/>
    public override KernelLanguage Language => KernelLanguage.CudaC;

    /// <summary>The context, for modules and memory.</summary>
    internal CudaContextHandle Context => _context;

    /// <summary>The stream, for copies and launches.</summary>
    internal CudaStreamHandle Stream => _stream;

    /// <inheritdoc/>
    public override AcceleratorProgram Compile(string source, IReadOnlyList<string>? options = null) =>
        CudaProgram.Build(this, source, options ?? [], Cache);

    /// <inheritdoc/>
    public override void Synchronize()
    {
        _context.MakeCurrent();
        CudaCode.Check(CudaApi.StreamSynchronize(_stream.Value), "cuStreamSynchronize");
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _stream.Dispose();
        _context.Dispose();
    }

    private protected override AcceleratorMemory AllocateCore(long bytes, AllocationLedger ledger) =>
        new CudaBuffer(this, new CudaMemoryHandle(_context, ledger, bytes), bytes);
}
