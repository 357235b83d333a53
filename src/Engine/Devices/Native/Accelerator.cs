namespace ScoreGpu.Engine.Devices.Native;

/// <summary>An opened device that compiles kernels from text and runs them in order. One caller at a time.</summary>
internal abstract class Accelerator : IDisposable
{
    private readonly AllocationLedger _ledger;

    private protected Accelerator(AcceleratorInfo info, BinaryCache cache)
    {
        Info = info;
        Cache = cache;
        _ledger = new AllocationLedger(info);
    }

    /// <summary>The device.</summary>
    public AcceleratorInfo Info { get; }

    /// <summary>The language of <see cref="Compile"/>.</summary>
    public abstract KernelLanguage Language { get; }

    /// <summary>Bytes of all buffers that were not disposed of.</summary>
    public long AllocatedBytes => _ledger.Bytes;

    /// <summary>Compiled programs of earlier runs.</summary>
    private protected BinaryCache Cache { get; }

    /// <summary>Allocates a buffer; its content is undefined.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    /// <exception cref="DeviceException">The buffer does not fit.</exception>
    public unsafe AcceleratorBuffer<T> Allocate<T>(long length)
        where T : unmanaged
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);

        // Neither OpenCL nor CUDA has empty buffers, and a saturated size is refused below.
        long bytes = Math.Max(length > long.MaxValue / sizeof(T) ? long.MaxValue : length * sizeof(T), 4);
        _ledger.Reserve(bytes);
        try
        {
            return new AcceleratorBuffer<T>(AllocateCore(bytes, _ledger), length);
        }
        catch
        {
            _ledger.Release(bytes);
            throw;
        }
    }

    /// <summary>Allocates a buffer and copies elements to it.</summary>
    public AcceleratorBuffer<T> Allocate<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        AcceleratorBuffer<T> buffer = Allocate<T>(values.Length);
        try
        {
            buffer.Write(values);
            return buffer;
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    /// <summary>Compiles source, or loads what an earlier run compiled.</summary>
    /// <param name="source">Text in <see cref="Language"/>.</param>
    /// <param name="options">The compiler's options, one an item.</param>
    /// <exception cref="DeviceException">The source does not compile; the message has the compiler's log.</exception>
    public abstract AcceleratorProgram Compile(string source, IReadOnlyList<string>? options = null);

    /// <summary>Waits for everything that was queued.</summary>
    /// <exception cref="DeviceException">Something failed on the device.</exception>
    public abstract void Synchronize();

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Allocates; the memory's handle releases the bytes in the ledger, also where nobody disposes of it.
    /// </summary>
    private protected abstract AcceleratorMemory AllocateCore(long bytes, AllocationLedger ledger);
}
