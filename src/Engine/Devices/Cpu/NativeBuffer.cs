using System.Runtime.InteropServices;
using ScoreGpu.Kernels.Cpu;

namespace ScoreGpu.Engine.Devices.Cpu;

/// <summary>A zeroed block of float32 outside the managed heap, aligned for the widest vectors.</summary>
internal sealed unsafe class NativeBuffer : IDisposable
{
    private float* _address;

    /// <summary>Allocates <paramref name="length"/> elements.</summary>
    public NativeBuffer(long length)
    {
        Length = length;
        nuint bytes = checked((nuint)Math.Max(length, 1) * sizeof(float));
        _address = (float*)NativeMemory.AlignedAlloc(bytes, Tile.Alignment);
        NativeMemory.Clear(_address, bytes);
    }

    /// <summary>Frees the block where nobody disposed of it.</summary>
    ~NativeBuffer() => Free();

    /// <summary>The first element.</summary>
    public float* Address => _address != null ? _address : throw new ObjectDisposedException(nameof(NativeBuffer));

    /// <summary>Elements.</summary>
    public long Length { get; }

    /// <summary>The elements, where they fit a span.</summary>
    public Span<float> Span => new(Address, checked((int)Length));

    /// <inheritdoc/>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_address);
        _address = null;
    }
}
