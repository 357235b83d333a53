namespace ScoreGpu.Engine.Devices.Native;

/// <summary>A block of device memory in bytes. Transfers are complete when they return; copies, clears and launches run
/// in the order in which they were asked for.</summary>
internal abstract unsafe class AcceleratorMemory : IDisposable
{
    private protected AcceleratorMemory(long bytes)
    {
        Bytes = bytes;
    }

    /// <summary>The size in bytes.</summary>
    public long Bytes { get; }

    /// <summary>Copies host memory to the device.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range is outside the block.</exception>
    public void Write(void* source, long offset, long bytes)
    {
        CheckRange(offset, bytes);
        if (bytes > 0)
        {
            WriteCore(source, offset, bytes);
        }
    }

    /// <summary>Copies device memory to the host, after everything that was asked for before.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range is outside the block.</exception>
    public void Read(void* destination, long offset, long bytes)
    {
        CheckRange(offset, bytes);
        if (bytes > 0)
        {
            ReadCore(destination, offset, bytes);
        }
    }

    /// <summary>Copies within the device.</summary>
    /// <exception cref="ArgumentException">The ranges overlap, or the other block is not this device's.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A range is outside its block.</exception>
    public void CopyTo(AcceleratorMemory destination, long offset, long destinationOffset, long bytes)
    {
        CheckRange(offset, bytes);
        destination.CheckRange(destinationOffset, bytes);
        if (ReferenceEquals(this, destination) && Math.Abs(offset - destinationOffset) < bytes)
        {
            throw new ArgumentException("The source and the destination of the copy overlap.", nameof(destination));
        }

        if (bytes > 0)
        {
            CopyCore(destination, offset, destinationOffset, bytes);
        }
    }

    /// <summary>Sets bytes to zero.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range is outside the block.</exception>
    public void Clear(long offset, long bytes)
    {
        CheckRange(offset, bytes);
        if (bytes > 0)
        {
            ClearCore(offset, bytes);
        }
    }

    /// <inheritdoc/>
    public abstract void Dispose();

    /// <summary>Checks a range.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The range is outside the block.</exception>
    public void CheckRange(long offset, long bytes)
    {
        if (offset < 0 || bytes < 0 || offset > Bytes - bytes)
        {
            throw new ArgumentOutOfRangeException(
                nameof(offset),
                $"{bytes} bytes from byte {offset} are outside a buffer of {Bytes} bytes.");
        }
    }

    private protected abstract void WriteCore(void* source, long offset, long bytes);

    private protected abstract void ReadCore(void* destination, long offset, long bytes);

    private protected abstract void CopyCore(
        AcceleratorMemory destination, long offset, long destinationOffset, long bytes);

    private protected abstract void ClearCore(long offset, long bytes);
}
