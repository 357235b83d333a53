using ScoreGpu.Kernels.Dialect;

namespace ScoreGpu.Engine.Devices.Kernel;

/// <summary>Device memory that is kept from one batch to the next, and replaced where a batch needs more.</summary>
/// <typeparam name="T">float or int.</typeparam>
/// <param name="machine">Where it is.</param>
internal sealed class GrowingArray<T>(KernelMachine machine) : IDisposable
    where T : unmanaged
{
    private DeviceArray<T>? _array;

    /// <summary>An array of at least some elements; what it held is lost where it grows.</summary>
    public DeviceArray<T> Of(int length)
    {
        if (_array is null || _array.Length < length)
        {
            _array?.Dispose();
            _array = null;
            _array = machine.Allocate<T>(length);
        }

        return _array;
    }

    /// <summary>Copies elements to the start of the array, which grows where they do not fit.</summary>
    public View<T> Write(ReadOnlySpan<T> values)
    {
        DeviceArray<T> array = Of(values.Length);
        array.Write(values);
        return array.View;
    }

    /// <inheritdoc/>
    public void Dispose() => _array?.Dispose();
}
